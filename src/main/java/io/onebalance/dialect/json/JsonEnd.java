package io.onebalance.dialect.json;

/// Finds where a JSON object that comes in pieces ends, without keeping it. Confined to one thread.
public final class JsonEnd {
  private int depth;
  private boolean begun;
  private boolean inText;
  private boolean escaped;

  /// Whether the object is complete with this piece.
  public boolean after(String piece) {
    for (var i = 0; i < piece.length() && !found(); i++) {
      next(piece.charAt(i));
    }
    return found();
  }

  private boolean found() {
    return begun && depth == 0;
  }

  private void next(char c) {
    if (escaped) {
      escaped = false;
    } else if (inText) {
      escaped = c == '\\';
      inText = c != '"';
    } else {
      outside(c);
    }
  }

  private void outside(char c) {
    switch (c) {
      case '"' -> inText = true;
      case '{', '[' -> {
        begun = true;
        depth++;
      }
      case '}', ']' -> depth = Math.max(0, depth - 1);
      default -> {
        // Numbers, words, blanks and commas nest nothing.
      }
    }
  }
}
