package io.onebalance.cli.top;

import io.onebalance.cli.shell.TextTable;
import io.onebalance.cli.top.Look.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What is shown of a server: by what was counted between two looks, each second, or, where there
/// is one look only, since the server began.
public record Frame(Look now, Optional<Look> before) {
  private static final String ALL = "all";
  private static final List<String> STATES = List.of("ready", "cooling", "set_aside", "blocked");
  private static final int FIRST_ERROR = 400;
  private static final double SECOND = Duration.ofSeconds(1).toMillis();

  /// Several lines, each with its end.
  public String text() {
    var table = new TextTable(1);
    table.add(heads());
    for (var provider : providers()) {
      table.add(row(provider, sample -> sample.label("provider").equals(provider)));
    }
    table.add(row(ALL, _ -> true));
    return above() + "\n" + table.text();
  }

  private String above() {
    return "under way %.0f, waiting %.0f, streams %.0f, journal %.1f MiB, $%.4f since the start%n"
        .formatted(
            now.sum("requests_under_way"),
            now.sum("requests_waiting"),
            now.sum("streams_open"),
            now.sum("journal_waiting_bytes") / (1 << 20),
            now.sum("cost_dollars_total"));
  }

  private List<String> heads() {
    var counted =
        before.isPresent()
            ? List.of("REQ/S", "ERR/S", "TOKENS/S")
            : List.of("REQUESTS", "ERRORS", "TOKENS");
    var heads = new ArrayList<>(List.of("PROVIDER"));
    heads.addAll(counted);
    heads.addAll(List.of("BUSY", "READY", "COOLING", "ASIDE", "BLOCKED"));
    return heads;
  }

  private TreeSet<String> providers() {
    var providers = new TreeSet<String>();
    now.samples().stream()
        .filter(sample -> List.of("keys", "requests_total").contains(sample.name()))
        .map(sample -> sample.label("provider"))
        .filter(name -> !name.isEmpty())
        .forEach(providers::add);
    return providers;
  }

  private List<String> row(String name, Predicate<Sample> meant) {
    var row = new ArrayList<String>();
    row.add(name);
    row.add(counted("requests_total", meant));
    row.add(counted("requests_total", meant.and(Frame::isError)));
    row.add(counted("tokens_total", meant.and(Frame::isWhole)));
    row.add(whole(now.sum("attempts_under_way", meant)));
    for (var state : STATES) {
      row.add(whole(now.sum("keys", meant.and(sample -> sample.label("state").equals(state)))));
    }
    return row;
  }

  /// The other kinds of tokens are parts of these.
  private static boolean isWhole(Sample sample) {
    return List.of("input", "output").contains(sample.label("kind"));
  }

  /// A client that left is no error of ours.
  private static boolean isError(Sample sample) {
    var status = sample.label("status");
    return status.equals("cut")
        || (status.matches("\\d{3}") && Integer.parseInt(status) >= FIRST_ERROR);
  }

  private String counted(String metric, Predicate<Sample> meant) {
    var sum = now.sum(metric, meant);
    return before
        .map(then -> {
          var millis = Math.max(1, Duration.between(then.at(), now.at()).toMillis());
          var more = Math.max(0, sum - then.sum(metric, meant)); // less after a restart
          return String.format(Locale.ROOT, "%,.1f", more * SECOND / millis);
        })
        .orElseGet(() -> whole(sum));
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
