package io.onebalance.relay;

import static io.onebalance.wire.FaultProxy.chops;
import static io.onebalance.wire.FaultProxy.cutsAfter;
import static io.onebalance.wire.FaultProxy.stallsAfter;
import static io.onebalance.wire.FaultProxy.well;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.FaultProxy;
import io.onebalance.wire.FaultProxy.End;
import io.onebalance.wire.FaultProxy.Wrong;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers cut, stalled and chopped at many places by a proxy that knows no HTTP.
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
    wrong(dialect, rig.sandbox.port(), wrongs);
  }

  private void wrong(BrokenStreamTest.Dialect dialect, int upstream, Wrong... wrongs) {
    var proxy = FaultProxy.before(upstream, wrongs);
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
    rig.stopClock(Instant.parse("2026-11-21T12:00:00Z"));
    var whole = ask(dialect);
    var length = proxies.getLast().carried();
    var ends = List.of(End.values());
    var random = new Random(4);
    for (var round = 0; round < CUTS; round++) {
      var at = 1 + random.nextLong(length - 1);
      var how = ends.get(round % ends.size());
      rig.pass(Duration.ofSeconds(1)); // which earns the provider its repeats
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
    assertThat(answer.status()).as(where).isEqualTo(200);
    if (questions == 2) {
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

  @ParameterizedTest
  @MethodSource("dialects")
  @DisplayName("F7, P13 byte by byte or in pieces of any length, inside a character: the same hash")
  void chopped(BrokenStreamTest.Dialect dialect) throws Exception {
    rig.keys(dialect.provider(), KEY);
    wrong(dialect, well());
    var body =
        concat(": \u00e9 \u6f22\u5b57 \ud83d\ude00\n\n".getBytes(UTF_8), ask(dialect).body());
    var head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ";
    try (var upstream =
        new BareServer(line -> {
          line.hear();
          line.say(head + body.length + "\r\n\r\n").say(body);
        })) {
      var random = new Random(13);
      for (var round = 0; round < 10; round++) {
        var lengths = round == 0 ? new int[] {1} : random.ints(7, 1, 40).toArray();
        wrong(dialect, upstream.port(), chops(lengths));
        var answer = ask(dialect);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        assertThat(sha256(answer.body())).isEqualTo(sha256(body));
      }
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
