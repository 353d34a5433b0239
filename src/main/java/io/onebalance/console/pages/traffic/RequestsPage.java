package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.Shell;
import java.util.List;
import java.util.Optional;

/// The request log, filtered, newest first.
public record RequestsPage(
    Shell shell, Sought sought, List<Row> rows, Optional<String> next, String csv) {
  public RequestsPage {
    rows = List.copyOf(rows);
  }

  /// What the form says, and what may be chosen in it.
  public record Sought(Filled filled, Time time, List<Option> outcomes, boolean any) {
    public Sought {
      outcomes = List.copyOf(outcomes);
    }
  }

  public record Filled(String provider, String model, String gatewayKey, String key) {}

  /// From when until when, in UTC as the fields of a form say it; empty is not said.
  public record Time(String from, String to) {}

  public record Option(String value, String label, boolean here) {}

  /// One request; `tone` colours its status.
  public record Row(String href, String at, Served served, End end, Cost cost) {}

  public record Served(String gatewayKey, String asked, String provider, String model) {}

  public record End(String tone, String status, String attempts, String firstByte, String total) {}

  public record Cost(String tokens, String money) {}
}
