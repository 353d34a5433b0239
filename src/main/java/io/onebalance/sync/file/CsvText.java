package io.onebalance.sync.file;

import java.util.ArrayList;
import java.util.List;

/// CSV as RFC 4180 has it: fields in quotes may hold commas, line ends and doubled quotes.
final class CsvText {
  /// A record and the line it begins on, from 1.
  record Line(int line, List<String> fields) {
    Line {
      fields = List.copyOf(fields);
    }
  }

  private final String text;
  private final List<Line> records = new ArrayList<>();
  private int at;
  private int line = 1;

  private CsvText(String text) {
    this.text = text;
  }

  static List<Line> read(String text) {
    var reading = new CsvText(text);
    while (reading.at < reading.text.length()) {
      reading.record();
    }
    return reading.records;
  }

  private void record() {
    var began = line;
    var fields = new ArrayList<String>();
    do {
      fields.add(field());
    } while (at < text.length() && text.charAt(at++) == ',');
    if (at > 0 && at <= text.length() && text.charAt(at - 1) == '\n') {
      line++;
    }
    if (fields.size() > 1 || !fields.getFirst().isBlank()) {
      records.add(new Line(began, fields));
    }
  }

  /// Stops before the comma or the line end behind it.
  private String field() {
    return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
  }

  private String plain() {
    var from = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    var field = text.substring(from, at);
    return field.endsWith("\r") ? field.substring(0, field.length() - 1) : field;
  }

  private String quoted() {
    var field = new StringBuilder();
    for (at++; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c == '"' && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
        at++;
        break;
      }
      at += c == '"' ? 1 : 0;
      line += c == '\n' ? 1 : 0;
      field.append(c);
    }
    plain(); // what stands between the quote and the comma says nothing
    return field.toString();
  }

  /// A line of these fields. What a spreadsheet would take for a formula is marked as text.
  static String line(List<String> fields) {
    return String.join(",", fields.stream().map(CsvText::written).toList()) + "\r\n";
  }

  private static String written(String field) {
    var safe = isFormula(field) ? "'" + field : field;
    return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /// The field without the mark that [#line] put before it.
  static String unmarked(String field) {
    return field.startsWith("'") && isFormula(field.substring(1)) ? field.substring(1) : field;
  }

  private static boolean isFormula(String field) {
    return !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0;
  }
}
