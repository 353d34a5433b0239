package io.onebalance.relay.ask.once;

/// Waits for the end of the first JSON object in bytes that come in pieces cut anywhere: the whole
/// answer where it is one, else the first element of the array that is streamed.
final class FirstObject {
  private int depth;
  private boolean inText;
  private boolean escaped;

  /// Reads one piece; tells whether the object is complete with it. Not to be asked again then.
  boolean completedBy(byte[] piece) {
    for (var b : piece) {
      if (closes(b)) {
        return true;
      }
    }
    return false;
  }

  private boolean closes(byte b) {
    if (inText) {
      inText = escaped || b != '"';
      escaped = !escaped && b == '\\';
      return false;
    }
    switch (b) {
      case '"' -> inText = true;
      case '{' -> depth++;
      case '}' -> {
        depth--;
        return depth <= 0;
      }
      default -> {
        // any other byte is inside of a value, or between two
      }
    }
    return false;
  }
}
