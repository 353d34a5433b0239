package io.onebalance.console.report;

import io.onebalance.http.Header;
import java.util.List;
import java.util.stream.Collectors;

/// Lines of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe
/// before it: names of models and keys may come from anybody.
public final class Csv {
  static final String TYPE = "text/csv";

  public static final List<Header> HEADERS =
      List.of(
          new Header("content-type", TYPE + "; charset=utf-8"),
          new Header("content-disposition", "attachment"));

  private static final String FORMULA = "=+-@\t\r\n";
  private static final String QUOTED = "\",\r\n\t";

  private Csv() {}

  /// Cells are texts and numbers; what is missing is empty.
  public static String line(List<?> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(Object cell) {
    return cell instanceof Number || cell instanceof Boolean
        ? cell.toString()
        : text(cell.toString());
  }

  private static String text(String text) {
    var safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0)
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
