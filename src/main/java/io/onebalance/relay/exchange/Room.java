package io.onebalance.relay.exchange;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that whatever is kept whole for the requests under way may take together, in bytes:
/// their bodies, and answers that are gathered to be translated. Many that are each within their
/// limit would still fill the heap (F71).
///
/// Thread-safe: event loops share it.
public final class Room {
  /// So much of each body is free: ordinary requests need not ask.
  static final int FREE = 64 << 10;

  private final long size;
  private final AtomicLong taken = new AtomicLong();

  public Room(long size) {
    this.size = size;
  }

  /// An eighth of the heap: a body that is planned, translated or signed is there several times.
  public static Room ofTheHeap() {
    return new Room(Runtime.getRuntime().maxMemory() / 8);
  }

  /// What one exchange takes for one more thing that it keeps. It is given back when the exchange
  /// is over, in whatever way it ends.
  public Share shareOf(Client client) {
    var share = new Share();
    client.holds(share::giveBack);
    return share;
  }

  public long size() {
    return size;
  }

  /// How much of it is taken.
  public long taken() {
    return taken.get();
  }

  private boolean take(long more) {
    return taken.getAndUpdate(now -> now + more <= size ? now + more : now) + more <= size;
  }

  /// What one body takes of it. Not thread-safe.
  public final class Share {
    private long ours;

    Share() {}

    /// Takes what a body of this length needs more than it has; false where there is no room.
    public boolean covers(long length) {
      var more = length - FREE - ours;
      if (more > 0) {
        if (!take(more)) {
          return false;
        }
        ours += more;
      }
      return true;
    }

    void giveBack() {
      taken.addAndGet(-ours);
      ours = 0;
    }
  }
}
