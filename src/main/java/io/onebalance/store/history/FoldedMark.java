package io.onebalance.store.history;

import io.onebalance.store.engine.Dialect;
import org.jdbi.v3.core.Handle;

/// How many times sums of requests that had no room in the journal were counted for an instance.
/// They have no position there: by this number it knows again what a server counted although nobody
/// heard the answer. It stands among the marks, under a name of its own; the answer of a file is
/// always heard.
final class FoldedMark {
  private FoldedMark() {}

  static long read(Handle handle, String instance) {
    return switch (Dialect.of(handle)) {
      case SQLITE -> 0;
      case POSTGRESQL -> Mark.read(handle, name(instance)).position();
    };
  }

  static void write(Handle handle, String instance, long times) {
    switch (Dialect.of(handle)) {
      case SQLITE -> {}
      case POSTGRESQL -> new Mark(times, 0).write(handle, name(instance));
    }
  }

  private static String name(String instance) {
    return instance + " folded";
  }
}
