package io.onebalance.cli.usage;

import io.onebalance.cli.shell.Printable;
import io.onebalance.cli.shell.TextTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a server told of usage, as a table for people. Times are UTC.
final class UsageTable {
  private static final long A_DAY = 86_400;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final List<String> SUMS =
      List.of(
          "requests",
          "errors",
          "attempts",
          "input_tokens",
          "cached_tokens",
          "output_tokens",
          "reasoning_tokens");
  private static final List<String> HEADS =
      List.of("REQUESTS", "ERRORS", "ATTEMPTS", "INPUT", "CACHED", "OUTPUT", "REASONING", "COST");

  private final List<String> by;
  private final Map<String, String> gatewayKeys;

  /// `gatewayKeys` are the names of gateway keys by their ids, which are shown beside them.
  UsageTable(List<String> by, Map<String, String> gatewayKeys) {
    this.by = List.copyOf(by);
    this.gatewayKeys = Map.copyOf(gatewayKeys);
  }

  String of(JsonNode usage) {
    var table = new TextTable(Math.max(1, by.size()));
    var heads =
        new ArrayList<>(by.isEmpty() ? List.of("") : by.stream().map(UsageTable::head).toList());
    heads.addAll(HEADS);
    table.add(heads);
    usage.path("items").values().forEach(item -> table.add(row(names(item), item)));
    table.add(row(total(), usage.path("totals")));
    return period(usage) + "\n" + table.text() + notes(usage);
  }

  /// Whole days are told by the first and the last of them.
  private static String period(JsonNode usage) {
    var from = usage.path("from").asLong();
    var to = usage.path("to").asLong();
    return from % A_DAY == 0 && to % A_DAY == 0 && from < to
        ? "%s to %s, whole days in UTC".formatted(day(from), day(to - A_DAY))
        : "%s to %s, in UTC".formatted(time(usage, "from"), time(usage, "to"));
  }

  private static String day(long second) {
    return DAY.format(Instant.ofEpochSecond(second));
  }

  private static String head(String by) {
    return by.toUpperCase(Locale.ROOT).replace('_', ' ');
  }

  private List<String> names(JsonNode item) {
    return by.stream().map(name -> name(name, item)).toList();
  }

  private String name(String by, JsonNode item) {
    return switch (by) {
      case "day" -> day(item.path(by).asLong());
      case "hour", "minute" -> time(item, by);
      case "gateway_key" -> gatewayKey(item.path(by).asString(""));
      // The others are names.
      default -> shown(item.path(by).asString(""));
    };
  }

  private String gatewayKey(String id) {
    var name = gatewayKeys.getOrDefault(id, "");
    return name.isEmpty() ? shown(id) : Printable.of(name) + " " + shown(id);
  }

  private static String shown(String name) {
    return name.isEmpty() ? "-" : Printable.of(name);
  }

  private List<String> total() {
    var names = new ArrayList<>(List.of("total"));
    for (var i = 1; i < by.size(); i++) {
      names.add("");
    }
    return names;
  }

  private static List<String> row(List<String> names, JsonNode sums) {
    var row = new ArrayList<>(names);
    SUMS.forEach(sum -> row.add("%,d".formatted(sums.path(sum).asLong())));
    row.add(cost(sums));
    return row;
  }

  /// With a sign where some of it is not known.
  private static String cost(JsonNode sums) {
    var micros = sums.path("cost_micros").asLong();
    var unknown = sums.path("unpriced").asLong() > 0 ? "≥ " : "";
    return "%s$%,d.%06d".formatted(unknown, micros / 1_000_000, micros % 1_000_000);
  }

  private static String notes(JsonNode usage) {
    var unpriced = usage.path("totals").path("unpriced").asLong();
    var estimated = usage.path("totals").path("estimated").asLong();
    return (unpriced > 0 ? "≥ the price of %,d requests is not known\n".formatted(unpriced) : "")
        + (estimated > 0 ? "the tokens of %,d requests are estimated\n".formatted(estimated) : "")
        + (usage.path("more").asBoolean(false)
            ? "there are more rows; see --csv or --limit\n"
            : "");
  }

  private static String time(JsonNode node, String name) {
    return TIME.format(Instant.ofEpochSecond(node.path(name).asLong()));
  }
}
