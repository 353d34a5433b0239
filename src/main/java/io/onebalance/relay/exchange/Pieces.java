package io.onebalance.relay.exchange;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// What has come of a body. What a client only announces takes no memory; pieces lie as they came
/// until all are there, so that a large body is copied once. Small ones are put together: each has
/// a price of its own, and a client might send bytes one by one.
final class Pieces {
  private static final int SMALL = 16 << 10;

  private final List<Buffer> pieces = new ArrayList<>(1);
  private int length;
  private int room;

  void add(Buffer piece) {
    length += piece.length();
    if (pieces.isEmpty() || piece.length() >= SMALL) {
      pieces.add(piece);
      room = 0;
    } else {
      gather(piece);
    }
  }

  /// What the last piece has room for was made here.
  private void gather(Buffer piece) {
    if (piece.length() > room) {
      pieces.add(Buffer.buffer(piece.length()));
      room = SMALL;
    }
    pieces.getLast().appendBuffer(piece);
    room -= piece.length();
  }

  int length() {
    return length;
  }

  /// How many buffers hold it.
  int count() {
    return pieces.size();
  }

  /// All of it, in an array that holds nothing else: [io.onebalance.upstream.Bytes] reads it as it
  /// is.
  Buffer whole() {
    if (pieces.size() != 1) {
      var all = Buffer.buffer(length);
      pieces.forEach(all::appendBuffer);
      pieces.clear();
      pieces.add(all);
    }
    return pieces.getFirst();
  }

  /// Lets go of what has come.
  void clear() {
    pieces.clear();
    length = 0;
    room = 0;
  }
}
