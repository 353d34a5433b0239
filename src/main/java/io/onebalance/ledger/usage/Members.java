package io.onebalance.ledger.usage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Reads the numbers of one small JSON object, its own and those of the objects in it; what lies
/// deeper or in lists is passed over. Forgives what is no JSON: then it finds less.
final class Members {
  private static final int DEEPEST = 2;

  private final byte[] bytes;
  private final int length;
  private final Counts counts;
  private int at;
  private int depth;
  private int lists;
  private String parent = "";
  private String name = "";

  private Members(byte[] bytes, int length, Counts counts) {
    this.bytes = bytes;
    this.length = length;
    this.counts = counts;
  }

  static void read(byte[] bytes, int length, Counts counts) {
    var members = new Members(bytes, length, counts);
    while (members.at < length) {
      members.step();
    }
  }

  private void step() {
    var c = bytes[at];
    if (c == '"') {
      text();
    } else if ((c >= '0' && c <= '9') || c == '-') {
      number();
    } else {
      structure(c);
      at++;
    }
  }

  private void structure(byte c) {
    if (c == '{') {
      depth++;
      parent = depth == DEEPEST ? name : parent;
      name = "";
    } else if (c == '}') {
      depth--;
      parent = depth < DEEPEST ? "" : parent;
      name = "";
    } else if (c == '[') {
      lists++;
    } else if (c == ']') {
      lists--;
    } else if (c == ',') {
      name = "";
    }
  }

  /// A key, or a value that is no number; only of keys the words are needed.
  private void text() {
    var from = ++at;
    while (at < length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (depth <= DEEPEST && lists == 0 && at < length) {
      name = new String(bytes, from, at - from, ISO_8859_1);
    }
    at++;
  }

  /// The whole part counts: Cohere writes 3.0.
  private void number() {
    var negative = bytes[at] == '-';
    at += negative ? 1 : 0;
    var value = 0L;
    while (at < length && bytes[at] >= '0' && bytes[at] <= '9') {
      value = Math.min(value * 10 + (bytes[at] - '0'), Integer.MAX_VALUE * 1000L);
      at++;
    }
    var plain = at >= length || (bytes[at] != 'e' && bytes[at] != 'E');
    while (at < length && ".+-eE0123456789".indexOf(bytes[at]) >= 0) {
      at++;
    }
    if (plain && !negative && depth >= 1 && depth <= DEEPEST && lists == 0 && !name.isEmpty()) {
      counts.told(depth == DEEPEST ? parent : "", name, value);
    }
  }
}
