package io.onebalance.cli.keys;

import io.onebalance.cli.shell.Printable;
import io.onebalance.cli.shell.TextTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Keys as a table for people, masked as the server told them. Times are UTC.
final class KeyTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> HEADS =
      List.of("ID", "PROVIDER", "KEY", "STATUS", "SINCE", "REMARK", "WHY", "OK", "FAILURES");
  private static final int TEXTS = 7;

  private final TextTable table = new TextTable(TEXTS);
  private int size;

  KeyTable() {
    table.add(HEADS);
  }

  void add(JsonNode key) {
    var health = key.path("health");
    table.add(
        List.of(
            key.path("id").asString(),
            key.path("provider").asString(),
            key.path("key").asString(),
            key.path("status").asString(),
            TIME.format(Instant.ofEpochSecond(key.path("created_at").asLong())),
            Printable.of(key.path("remark").asString("")),
            Printable.of(key.path("reason").asString("")),
            "%.0f%%".formatted(health.path("success_rate").asDouble() * 100),
            health.path("consecutive_failures").asString()));
    size++;
  }

  int size() {
    return size;
  }

  String text() {
    return table.text();
  }
}
