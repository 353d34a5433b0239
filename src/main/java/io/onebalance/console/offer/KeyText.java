package io.onebalance.console.offer;

import io.onebalance.console.web.Limits;
import java.util.ArrayList;
import java.util.List;

/// Cuts text into pieces at commas and line ends, as people paste keys and as files hold them. A
/// piece that begins with a brace is a JSON object and stays whole, its commas and line ends
/// included; one that begins with a quotation mark is a JSON text. The brackets around a JSON list
/// and the mark that some editors put at the beginning of a file say nothing.
final class KeyText {
  /// One piece and the line it begins on, from 1.
  record Piece(int line, String text) {}

  /// How far the end of an object is looked for: four times the longest key that is stored, for the
  /// blanks between its parts.
  private static final int REACH = 32 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;
  private int line = 1;
  private boolean inList;

  private KeyText(String text) {
    this.text = text;
  }

  static List<Piece> cut(String text) {
    var cutting = new KeyText(text);
    while (cutting.at < text.length() && cutting.pieces.size() <= Limits.KEYS) {
      cutting.next();
    }
    return List.copyOf(cutting.pieces);
  }

  private void next() {
    var c = text.charAt(at);
    if (isBetween(c)) {
      line += c == '\n' ? 1 : 0;
      inList = c == '[' || (inList && c != ']');
      at++;
      return;
    }
    var end =
        switch (c) {
          case '{' -> endOfObject();
          case '"' -> endOfText();
          default -> endOfPlain(at);
        };
    var piece = text.substring(at, end);
    pieces.add(new Piece(line, piece.strip()));
    line += (int) piece.chars().filter(each -> each == '\n').count();
    at = end;
  }

  private static boolean isBetween(char c) {
    return c == ',' || c == '[' || c == ']' || c == BYTE_ORDER_MARK || Character.isWhitespace(c);
  }

  private int endOfPlain(int from) {
    var ends = inList ? ",\r\n]" : ",\r\n";
    var end = from;
    while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /// Behind the quotation mark that closes the one at `at`; where none does on this line, as if
  /// there were none.
  private int endOfText() {
    for (var i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      if (text.charAt(i) == '"') {
        return endOfPlain(i + 1);
      }
      i += text.charAt(i) == '\\' ? 1 : 0;
    }
    return endOfPlain(at);
  }

  /// Behind the brace that closes the one at `at`; where none does, the end of the line.
  private int endOfObject() {
    var end = endOfObject(text, at);
    return endOfPlain(end < 0 ? at : end);
  }

  /// Behind the brace that closes the one at `from`; negative where none does.
  static int endOfObject(String text, int from) {
    var depth = 0;
    var quoted = false;
    for (var i = from; i < Math.min(text.length(), from + REACH); i++) {
      var c = text.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
