package io.onebalance.simulate.world;

import io.onebalance.simulate.scenario.BadScenario;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A request log, as `GET /api/requests?format=csv` exports it, in the order the requests came.
public record RequestLog(List<Entry> entries) {
  private static final int MILLIS = 3;

  /// What a spreadsheet would take for a formula was exported with an apostrophe before it.
  private static final Pattern FORMULA = Pattern.compile("^'[=+\\-@\\t\\r]");

  public RequestLog {
    entries = List.copyOf(entries);
  }

  /// One request: when (milliseconds since 1970), of whom, for what, with how many tokens, and how
  /// long its answer took until the first byte and from there to the end; 0 where nothing is known.
  public record Entry(
      long at,
      String gatewayKey,
      String provider,
      String model,
      long input,
      long output,
      long firstMillis,
      long restMillis) {}

  public static RequestLog read(String csv) throws BadScenario {
    var lines = new Csv(csv).lines();
    if (lines.isEmpty()) {
      throw new BadScenario(0, "the request log is empty");
    }
    var columns = new HashMap<String, Integer>();
    for (var name : lines.getFirst()) {
      columns.put(name, columns.size());
    }
    for (var name : List.of("at", "model")) {
      if (!columns.containsKey(name)) {
        throw new BadScenario(1, "the request log has no column '" + name + "'");
      }
    }
    var entries = new ArrayList<Entry>();
    for (var i = 1; i < lines.size(); i++) {
      entries.add(new Line(columns, lines.get(i), i + 1).entry());
    }
    if (entries.isEmpty()) {
      throw new BadScenario(0, "the request log has no requests");
    }
    entries.sort(Comparator.comparingLong(Entry::at));
    return new RequestLog(entries);
  }

  private record Line(Map<String, Integer> columns, List<String> cells, int number) {
    Entry entry() throws BadScenario {
      var model = text("model");
      var first = whole("first_byte_ms");
      return new Entry(
          decimal("at").movePointRight(MILLIS).longValue(),
          text("gateway_key"),
          text("provider"),
          model.isEmpty() ? text("asked_model") : model,
          whole("input_tokens"),
          whole("output_tokens"),
          first,
          Math.max(0, whole("total_ms") - first));
    }

    private String text(String column) {
      var at = columns.getOrDefault(column, -1);
      var cell = at < 0 || at >= cells.size() ? "" : cells.get(at);
      return FORMULA.matcher(cell).find() ? cell.substring(1) : cell;
    }

    private long whole(String column) throws BadScenario {
      return text(column).isEmpty() ? 0 : Math.max(0, decimal(column).longValue());
    }

    private BigDecimal decimal(String column) throws BadScenario {
      var text = text(column);
      try {
        if (text.length() <= 20) {
          return new BigDecimal(text);
        }
      } catch (NumberFormatException _) {
        // Told below.
      }
      throw new BadScenario(
          number, "'" + column + "' of the request log is '" + text + "'; allowed: a number");
    }
  }
}
