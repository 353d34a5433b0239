package io.onebalance.ledger.usage;

import java.util.Arrays;

/// Looks through JSON that comes in pieces cut anywhere: one document, a list of them, or one in
/// each event of a stream. Finds the usage, which stands in the document itself or in a member of
/// it, never deeper: what a tool is called with may have any names. Counts the bytes of what the
/// model said beside it. Confined to one thread.
final class Scan {
  /// How much of a usage is kept.
  private static final int MOST = 8 << 10;

  private static final int DEEPEST = 2;

  private final boolean events;
  private final Counts counts;
  private final byte[] word = new byte[Names.LONGEST];
  private int wordLength;
  private byte[] kept = new byte[128];
  private int keptLength;

  /// How many objects and lists are open; of these, a list around all documents.
  private int depth;

  private int around;

  private boolean inString;
  private boolean escaped;
  private boolean isText;
  private boolean afterWord;
  private boolean valueNext;
  private boolean isValue;
  private boolean textNext;

  /// The depth within a list whose strings are text, zero where none is open.
  private int texts;

  private boolean usageNext;
  private boolean lineEnded;

  /// The depth at which the usage that is read ends, negative where none is.
  private int captured = -1;

  private long said;

  /// With `events`, an empty line ends a document in any case.
  Scan(boolean events, Counts counts) {
    this.events = events;
    this.counts = counts;
  }

  /// Bytes of text so far.
  long said() {
    return said;
  }

  void feed(byte[] bytes, int from, int to) {
    var begun = from;
    for (var at = from; at < to; ) {
      var before = captured;
      at = inString ? string(bytes, at, to) : structure(bytes, at);
      if (before < 0 && captured >= 0) {
        begun = at - 1; // from the brace on
      } else if (before >= 0 && captured < 0) {
        keep(bytes, begun, at);
        finish();
      }
    }
    if (captured >= 0) {
      keep(bytes, begun, to);
    }
  }

  /// Reads on in a string and says where it stopped.
  private int string(byte[] bytes, int from, int to) {
    var at = Plain.end(bytes, escaped ? from + 1 : from, to);
    escaped = false;
    while (at < to) {
      var c = bytes[at];
      if (c == '"') {
        note(bytes, from, at);
        inString = false;
        afterWord = true;
        return at + 1;
      }
      if (c == '\n') { // no JSON
        note(bytes, from, at);
        reset();
        return at + 1;
      }
      if (c == '\\') {
        escaped = at + 1 == to;
        at = Plain.end(bytes, at + 2, to);
      } else {
        at++;
      }
    }
    note(bytes, from, to);
    return to;
  }

  private void note(byte[] bytes, int from, int to) {
    if (!isValue) {
      var room = Math.min(to - from, word.length - wordLength);
      System.arraycopy(bytes, from, word, wordLength, room);
      wordLength += room;
    }
    said += isText ? to - from : 0;
  }

  private int structure(byte[] bytes, int at) {
    var c = bytes[at];
    switch (c) {
      case '"' -> open();
      case ':' -> named();
      case '{', '[' -> enter(c);
      case '}', ']' -> leave();
      case '\n' -> endLine();
      case ' ', '\t', '\r' -> {
        // between two words
      }
      default -> { // a comma, a number, a word, or no JSON at all
        nothingNext();
        lineEnded = false;
      }
    }
    return at + 1;
  }

  private void open() {
    if (depth > 0) {
      inString = true;
      wordLength = 0;
      isText = textNext || depth == texts;
      isValue = valueNext;
      nothingNext();
    }
    lineEnded = false;
  }

  private void named() {
    if (afterWord) {
      textNext = Names.isText(word, wordLength);
      usageNext = depth - around <= DEEPEST && captured < 0 && Names.isUsage(word, wordLength);
      afterWord = false;
      valueNext = true;
    }
  }

  private void enter(byte c) {
    around = depth == 0 && c == '[' ? 1 : depth == 0 ? 0 : around;
    if (usageNext && c == '{') {
      captured = depth;
      keptLength = 0;
    }
    depth++;
    texts = textNext && c == '[' ? depth : texts;
    nothingNext();
    lineEnded = false;
  }

  private void leave() {
    depth = Math.max(0, depth - 1);
    captured = depth <= captured ? -1 : captured;
    texts = depth < texts ? 0 : texts;
    nothingNext();
    lineEnded = false;
  }

  private void endLine() {
    if (events && lineEnded) {
      reset();
    }
    lineEnded = true;
  }

  private void nothingNext() {
    afterWord = false;
    valueNext = false;
    textNext = false;
    usageNext = false;
  }

  private void reset() {
    depth = 0;
    around = 0;
    texts = 0;
    inString = false;
    captured = -1;
    keptLength = MOST + 1; // of what was begun nothing is used
    nothingNext();
  }

  private void keep(byte[] bytes, int from, int to) {
    var all = keptLength + to - from;
    if (all <= MOST) {
      if (all > kept.length) {
        kept = Arrays.copyOf(kept, Math.max(all, 2 * kept.length));
      }
      System.arraycopy(bytes, from, kept, keptLength, to - from);
    }
    keptLength = Math.min(all, MOST + 1);
  }

  private void finish() {
    if (keptLength <= MOST) {
      Members.read(kept, keptLength, counts);
    }
    keptLength = 0;
  }
}
