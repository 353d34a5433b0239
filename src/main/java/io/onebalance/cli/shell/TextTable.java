package io.onebalance.cli.shell;

import java.util.ArrayList;
import java.util.List;

/// Rows of words in columns of one width each: texts to the left, numbers to the right.
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int texts;

  /// The first so many columns are texts.
  public TextTable(int texts) {
    this.texts = texts;
  }

  public void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  public String text() {
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (var i = 0; i < row.size(); i++) {
        var blanks = " ".repeat(width(i) - length(row.get(i)));
        line.append(i == 0 ? "" : GAP);
        line.append(i < texts ? row.get(i) + blanks : blanks + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  private static int length(String word) {
    return word.codePointCount(0, word.length());
  }
}
