package io.onebalance.key.pool;

import io.onebalance.key.roster.Member;
import io.onebalance.key.roster.Roster;
import java.util.function.Consumer;

/// Reads all keys of a pool, under its lock for a few at a time.
record Census(Object lock, Roster roster) {
  /// So many keys are read under one hold of the lock.
  private static final int CHUNK = 512;

  void each(Consumer<Member> read) {
    var from = 0;
    var more = true;
    while (more) {
      synchronized (lock) {
        more = roster.each(from, from + CHUNK, read);
      }
      from += CHUNK;
    }
  }
}
