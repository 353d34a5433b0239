package io.onebalance.upstream;

import org.jspecify.annotations.Nullable;

/// The client's leaving. There is one thing to stop at a time; it is stopped at once, also when the
/// client had left before it began.
///
/// Not thread-safe: it belongs to the event loop of the client's connection.
public final class Departure {
  private @Nullable Runnable stop = Departure::nothing;

  /// What to stop when the client leaves, in place of what was to be stopped before.
  public void stops(Runnable work) {
    if (stop == null) {
      work.run();
    } else {
      stop = work;
    }
  }

  /// Says that nothing is to be stopped any more.
  public void stopsNothing() {
    stops(Departure::nothing);
  }

  /// The client left. Further calls do nothing.
  public void happened() {
    var work = stop;
    stop = null;
    if (work != null) {
      work.run();
    }
  }

  /// Whether the client has left.
  public boolean isOver() {
    return stop == null;
  }

  private static void nothing() {
    // what there is to stop between two pieces of work
  }
}
