package io.onebalance.program.tell;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.concurrent.atomic.AtomicLong;

/// Writes log lines on a thread of its own and never holds up who logs: a full disk or a pipe that
/// nobody reads must not stop requests. While its queue is full, lines are dropped and counted; the
/// next line that finds room is preceded by the count. [LogLines] makes it. Thread-safe.
public final class LossyAppender extends AsyncAppender {
  private static final AtomicLong ALL_DROPPED = new AtomicLong();

  private final AtomicLong dropped = new AtomicLong();

  public LossyAppender() {
    setNeverBlock(true);
    setDiscardingThreshold(0);
  }

  @Override
  protected void append(ILoggingEvent event) {
    // One place is kept for the line that tells the count.
    if (getRemainingCapacity() < 2) {
      dropped.incrementAndGet();
      ALL_DROPPED.incrementAndGet();
      return;
    }
    var lost = dropped.getAndSet(0);
    if (lost > 0) {
      super.append(confession(lost));
    }
    super.append(event);
  }

  /// How many lines were dropped since the program began.
  static long allDropped() {
    return ALL_DROPPED.get();
  }

  private LoggingEvent confession(long lost) {
    var logger = ((LoggerContext) getContext()).getLogger(LossyAppender.class);
    var text = lost + " lines were dropped: the log could not be written fast enough";
    return new LoggingEvent(LossyAppender.class.getName(), logger, Level.WARN, text, null, null);
  }
}
