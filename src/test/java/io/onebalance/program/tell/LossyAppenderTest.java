package io.onebalance.program.tell;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LossyAppenderTest {
  private static final int ROOM = 8;
  private static final int LINES = 100;

  @Test
  @DisplayName("F75 a log that cannot be written drops and counts, and never blocks")
  void never_blocks_and_tells_how_much_was_dropped() throws Exception {
    var context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    var stuck = new Stuck();
    stuck.setContext(context);
    stuck.start();
    var lossy = new LossyAppender();
    lossy.setContext(context);
    lossy.setQueueSize(ROOM);
    lossy.addAppender(stuck);
    lossy.start();
    var log = context.getLogger("a");
    log.setLevel(Level.INFO);
    log.addAppender(lossy);

    log.info("first");
    stuck.reached.await();
    for (var line = 0; line < LINES; line++) {
      log.info("line");
    }
    var kept = ROOM - 1;
    stuck.opened.countDown();
    stuck.wrote(1 + kept);
    log.info("last");
    lossy.stop();

    assertThat(stuck.lines).hasSize(1 + kept + 2).endsWith("last");
    assertThat(stuck.lines.get(1 + kept)).startsWith((LINES - kept) + " lines were dropped");
  }

  /// Writes nothing until it is opened.
  private static final class Stuck extends AppenderBase<ILoggingEvent> {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch opened = new CountDownLatch(1);
    final List<String> lines = new ArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      reached.countDown();
      try {
        opened.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      write(event.getFormattedMessage());
    }

    private synchronized void write(String line) {
      lines.add(line);
      notifyAll();
    }

    synchronized void wrote(int count) throws InterruptedException {
      while (lines.size() < count) {
        wait();
      }
    }
  }
}
