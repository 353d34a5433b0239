package io.onebalance.store.history.log;

import java.time.Duration;
import java.time.Instant;

/// Numbers of requests in the log: when each ended, in milliseconds, and 20 bits that tell those of
/// one millisecond apart. They only ever grow, so that new rows are added at the end of the table;
/// a request that ended a little before the one counted last is taken to have ended with it. For
/// one thread.
public final class RowIds {
  private static final int BITS = 20;
  private static final long LATEST = Long.MAX_VALUE >>> BITS;

  /// Further behind than requests of several threads can be: the clock was set back.
  private static final long SET_BACK = Duration.ofMinutes(1).toMillis();

  private final int mostASecond;
  private long newest;
  private long second;
  private int inSecond;

  public RowIds(long newest, int mostASecond) {
    this.newest = newest;
    this.mostASecond = mostASecond;
  }

  public long next(Instant ended) {
    newest = Math.max(newest + 1, first(ended));
    var behind = (newest >>> BITS) - ended.toEpochMilli();
    var counted = behind > SET_BACK ? Math.max(0, ended.getEpochSecond()) : second(newest);
    inSecond = counted == second ? inSecond + 1 : 1;
    second = counted;
    return newest;
  }

  /// Others numbered requests up to this one meanwhile.
  public void notBelow(long others) {
    newest = Math.max(newest, others);
  }

  /// The second that the request numbered last is counted in: that of its number, unless the clock
  /// was set back.
  public long second() {
    return second;
  }

  /// Whether the request that was numbered last is among the first ones of its second.
  public boolean hasRoom() {
    return inSecond <= mostASecond;
  }

  public long newest() {
    return newest;
  }

  /// The lowest number of a request that ended at this moment.
  public static long first(Instant ended) {
    return Math.clamp(ended.toEpochMilli(), 0, LATEST) << BITS;
  }

  private static long second(long id) {
    return (id >>> BITS) / 1000;
  }
}
