package io.onebalance.simulate.world;

import java.util.ArrayList;
import java.util.List;

/// Reads comma-separated values (RFC 4180): cells may be quoted, a quote within is doubled.
final class Csv {
  private final String text;
  private int at;

  Csv(String text) {
    this.text = text;
  }

  List<List<String>> lines() {
    var lines = new ArrayList<List<String>>();
    while (at < text.length()) {
      lines.add(line());
    }
    return lines;
  }

  private List<String> line() {
    var cells = new ArrayList<String>();
    cells.add(cell());
    while (is(',')) {
      at++;
      cells.add(cell());
    }
    at += is('\r') ? 1 : 0;
    at += is('\n') ? 1 : 0;
    return cells;
  }

  private String cell() {
    return is('"') ? quoted() : plain();
  }

  private String plain() {
    var from = at;
    while (at < text.length() && !is(',') && !is('\n') && !is('\r')) {
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() {
    var cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      if (is('"')) {
        at++;
        if (!is('"')) {
          break;
        }
      }
      cell.append(text.charAt(at++));
    }
    return cell + plain();
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }
}
