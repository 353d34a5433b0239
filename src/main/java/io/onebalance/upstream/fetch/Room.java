package io.onebalance.upstream.fetch;

/// How many bytes the links of one request may come to, all together. Confined to one thread.
public final class Room {
  private long left;

  public Room(long bytes) {
    this.left = bytes;
  }

  /// Takes so many; says whether they were there.
  boolean take(int bytes) {
    left -= bytes;
    return left >= 0;
  }
}
