package io.onebalance.route.body;

/// A range of bytes: `from` is in it, `to` is not.
public record Span(int from, int to) {
  public Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no range: " + from + " to " + to);
    }
  }

  /// How many bytes it is.
  public int length() {
    return to - from;
  }

  /// New bytes with this range replaced and every other byte as it was.
  public byte[] splice(byte[] bytes, byte[] value) {
    var spliced = new byte[bytes.length - length() + value.length];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(value, 0, spliced, from, value.length);
    System.arraycopy(bytes, to, spliced, from + value.length, bytes.length - to);
    return spliced;
  }
}
