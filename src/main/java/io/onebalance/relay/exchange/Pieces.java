package io.onebalance.relay.exchange;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The beginning of a body, in the pieces in which it comes. They are joined once, when there are
/// no more, and a single one stays what it is: a body that grows in one buffer is copied each time
/// that it doubles, and nothing is set aside for what a client only announces.
final class Pieces {
  /// Smaller pieces are put together, in bytes: each weighs more than it holds where a client sends
  /// byte after byte.
  private static final int SMALL = 1 << 10;

  /// So much is put together.
  private static final int BLOCK = 32 << 10;

  private final List<Buffer> pieces = new ArrayList<>(1);
  private @Nullable Buffer block;
  private int length;

  int length() {
    return length;
  }

  void add(Buffer piece) {
    if (piece.length() >= SMALL || pieces.isEmpty()) {
      pieces.add(piece);
      block = null;
    } else {
      open().appendBuffer(piece);
    }
    length += piece.length();
  }

  void clear() {
    pieces.clear();
    block = null;
    length = 0;
  }

  /// All of them, which are not kept here any longer.
  Buffer joined() {
    var all = pieces.size() == 1 ? pieces.getFirst() : copied();
    clear();
    return all;
  }

  private Buffer copied() {
    var all = Buffer.buffer(length);
    pieces.forEach(all::appendBuffer);
    return all;
  }

  private Buffer open() {
    if (block == null || block.length() >= BLOCK) {
      block = Buffer.buffer(SMALL);
      pieces.add(block);
    }
    return block;
  }
}
