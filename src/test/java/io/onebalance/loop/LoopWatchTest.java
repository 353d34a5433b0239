package io.onebalance.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoopWatchTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(LoopWatch.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final EventLoop loop = new DefaultEventLoop();
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final LoopWatch watch = new LoopWatch(nanos::get);

  @BeforeEach
  void begin() {
    logger.setLevel(Level.INFO);
    told.start();
    logger.addAppender(told);
    loop.submit(() -> watch.over(loop)).syncUninterruptibly();
  }

  @AfterEach
  void end() {
    logger.detachAppender(told);
    logger.setLevel(null);
    blocked.countDown();
    watch.close();
    loop.shutdownGracefully();
  }

  private void block() throws InterruptedException {
    var entered = new CountDownLatch(1);
    loop.execute(() -> standStill(entered));
    entered.await();
  }

  private void standStill(CountDownLatch entered) {
    try {
      entered.countDown();
      blocked.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAfter(long millis) {
    nanos.addAndGet(millis * 1_000_000 - 1); // none comes at its very moment
    watch.look();
  }

  private void comesRound() {
    loop.submit(() -> {}).syncUninterruptibly();
  }

  @Test
  void a_loop_that_comes_round_is_nothing_to_tell_of() {
    for (var second = 0; second < 100; second++) {
      lookAfter(1_000);
      comesRound();
    }
    lookAfter(60_000);
    assertThat(told.list).isEmpty();
  }

  @Test
  @DisplayName("one that stands still is told of once, with what it does, and when it goes on")
  void one_that_stands_still() throws InterruptedException {
    lookAfter(0);
    comesRound();
    block();
    lookAfter(1_000);
    lookAfter(1_000);
    assertThat(told.list).isEmpty();
    lookAfter(1_000);
    lookAfter(1_000);
    lookAfter(1_000);
    assertThat(told.list).hasSize(1);
    var warning = told.list.getFirst();
    assertThat(warning.getLevel()).isEqualTo(Level.WARN);
    assertThat(warning.getFormattedMessage()).endsWith("has stood still for PT1.999S and more");
    assertThat(Arrays.stream(warning.getThrowableProxy().getStackTraceElementProxyArray()))
        .anyMatch(frame -> frame.getStackTraceElement().getMethodName().equals("standStill"));
    blocked.countDown();
    comesRound();
    lookAfter(1_000);
    comesRound();
    lookAfter(1_000);
    assertThat(told.list).hasSize(2);
    assertThat(told.list.getLast().getFormattedMessage()).endsWith("goes on");
  }

  @Test
  void one_that_ended_is_not_asked() {
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    lookAfter(1_000);
    lookAfter(10_000);
    assertThat(told.list).isEmpty();
  }
}
