package io.onebalance.relay;

import static io.onebalance.wire.FaultProxy.chops;
import static io.onebalance.wire.FaultProxy.cutsAfter;
import static io.onebalance.wire.FaultProxy.dripsAfter;
import static io.onebalance.wire.FaultProxy.stallsAfter;
import static io.onebalance.wire.FaultProxy.well;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.wire.FaultProxy;
import io.onebalance.wire.FaultProxy.End;
import io.onebalance.wire.FaultProxy.Wrong;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers cut, stalled and dripped at many places by a proxy that knows no HTTP.
class CutAnywhereTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final int CUTS = 30;

  private final Rig rig = new Rig();
  private final List<FaultProxy> proxies = new ArrayList<>();

  @AfterEach
  void close() {
    proxies.forEach(FaultProxy::close);
    rig.close();
  }

  private void wrong(BrokenStreamTest.Dialect dialect, Wrong... wrongs) {
    var proxy = FaultProxy.before(rig.sandbox.port(), wrongs);
    proxies.add(proxy);
    var path =
        switch (dialect.provider()) {
          case "openai" -> "/openai/v1";
          case "anthropic" -> "/anthropic";
          default -> "/gemini"; // the third and last dialect
        };
    rig.at(dialect.provider(), proxy.url() + path);
  }

  private Message ask(BrokenStreamTest.Dialect dialect) throws IOException {
    try (var line = rig.line()) {
      return line.say(Calls.onTheWire("POST", dialect.target(), dialect.body())).hear();
    }
  }

  private static List<BrokenStreamTest.Dialect> dialects() {
    return BrokenStreamTest.dialects().toList();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  @DisplayName("F4, P11 cut anywhere by FIN, RST or half: one answer or none, never a clean end")
  void cuts(BrokenStreamTest.Dialect dialect) throws IOException {
    rig.keys(dialect.provider(), KEY);
    wrong(dialect, well());
    var whole = ask(dialect);
    var length = proxies.getLast().carried();
    var ends = List.of(End.values());
    var random = new Random(4);
    for (var round = 0; round < CUTS; round++) {
      var at = 1 + random.nextLong(length - 1);
      var how = ends.get(round % ends.size());
      rig.sandbox.seen().forget();
      wrong(dialect, cutsAfter(at, how), well());
      var answer = ask(dialect);
      rig.untilIdle(dialect.provider());
      assertThat(rig.standing(dialect.provider(), KEY).state()).isEqualTo(State.ACTIVE);
      assertCut(dialect, answer, whole, "cut at " + at + " of " + length + " by " + how);
    }
  }

  /// Either nothing had reached the client, and it was asked again, or what had is followed by the
  /// error alone.
  private void assertCut(
      BrokenStreamTest.Dialect dialect, Message answer, Message whole, String where) {
    var questions = rig.sandbox.seen().count();
    if (answer.status() != 200) {
      assertThat(answer.status()).as(where).isEqualTo(502);
    } else if (questions == 2) {
      assertThat(answer.whole()).as(where).isTrue();
      assertThat(answer.text()).as(where).doesNotContain("was cut off");
    } else {
      assertThat(questions).as(where).isEqualTo(1);
      assertThat(answer.whole()).as(where).isFalse();
      var error = answer.text().lastIndexOf(dialect.error());
      assertThat(error).as(where + ": " + answer.text()).isPositive();
      assertThat(answer.text()).as(where).endsWith("}\n\n");
      assertThat(error).as(where).isLessThanOrEqualTo(whole.text().length() + 200);
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  @DisplayName("F6 stalled anywhere after the first event: as a cut, and nobody is asked again")
  void stalls(BrokenStreamTest.Dialect dialect) throws IOException {
    rig.patience = Patiences.idle(rig.patience, Duration.ofMillis(150));
    rig.keys(dialect.provider(), KEY);
    var random = new Random(6);
    for (var round = 0; round < 5; round++) {
      rig.sandbox.seen().forget();
      wrong(dialect, stallsAfter(800 + random.nextInt(200)));
      var answer = ask(dialect);
      assertThat(answer.whole()).isFalse();
      assertThat(answer.text()).contains(dialect.error(), "fell silent");
      rig.untilIdle(dialect.provider());
      assertThat(rig.standing(dialect.provider(), KEY).state()).isEqualTo(State.ACTIVE);
      assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("F7 a drip passes, and costs no busy loop")
  void a_drip() throws IOException {
    var dialect = dialects().getFirst();
    rig.patience = Patiences.idle(rig.patience, Duration.ofSeconds(2));
    rig.keys(dialect.provider(), KEY);
    wrong(dialect, dripsAfter(500, Duration.ofMillis(4)));
    ask(dialect);
    var before = loopNanos();
    var began = System.nanoTime();
    var answer = ask(dialect);
    var took = System.nanoTime() - began;
    assertThat(answer.whole()).isTrue();
    assertThat(answer.text()).endsWith("data: [DONE]\n\n");
    assertThat(loopNanos() - before).as("of %d ns", took).isLessThan(took * 3 / 4);
  }

  /// The processor's time of the busiest event loop.
  private static long loopNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().contains("eventloop"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .max()
        .orElse(0);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  @DisplayName("P13 chopped into pieces of any length, also inside a character: the same bytes")
  void chopped(BrokenStreamTest.Dialect dialect) throws IOException {
    rig.keys(dialect.provider(), KEY);
    var random = new Random(13);
    for (var round = 0; round < 10; round++) {
      wrong(dialect, chops(random.ints(7, 1, 40).toArray()));
      var answer = ask(dialect);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.whole()).isTrue();
    }
  }
}
