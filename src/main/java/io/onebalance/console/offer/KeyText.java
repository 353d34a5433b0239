package io.onebalance.console.offer;

import io.onebalance.console.web.Limits;
import java.util.ArrayList;
import java.util.List;

/// Cuts text into pieces at commas and line ends, as people paste keys. A piece that begins with a
/// brace is a JSON object and stays whole, its commas and line ends included.
final class KeyText {
  /// One piece and the line it begins on, from 1.
  record Piece(int line, String text) {}

  /// How far the end of an object is looked for: four times the longest key that is stored, for the
  /// blanks between its parts.
  private static final int REACH = 32 * 1024;

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;
  private int line = 1;

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
    if (c == ',' || Character.isWhitespace(c)) {
      line += c == '\n' ? 1 : 0;
      at++;
      return;
    }
    var end = c == '{' ? endOfObject() : endOfPlain(at);
    var piece = text.substring(at, end);
    pieces.add(new Piece(line, piece.strip()));
    line += (int) piece.chars().filter(each -> each == '\n').count();
    at = end;
  }

  private int endOfPlain(int from) {
    var end = from;
    while (end < text.length() && ",\r\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
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
