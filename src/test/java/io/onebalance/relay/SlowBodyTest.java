package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.onebalance.ledger.Entry;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.KernelQueues;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that begin a body and stop, or ask for an answer and do not take it.
class SlowBodyTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  @DisplayName("F41 a body that does not come: 408, nothing is asked")
  void slow_bodies() throws IOException {
    rig.patience = Patiences.client(rig.patience, new ClientLimits(SHORT, LONG));
    rig.keys("openai", KEY);
    try (var line = rig.line()) {
      var whole = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO);
      line.say(whole.substring(0, whole.length() - 10));
      var answer = line.hear();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.text()).contains("\"timeout\"");
      assertThat(answer.field("connection")).isEqualTo("close");
    }
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  /// Uploads longer than a KiB pass, up to a MiB, and soon must not stop.
  private void passingUploads() {
    rig.patience = Patiences.client(rig.patience, new ClientLimits(SHORT, LONG));
    rig.limits = new BodyLimits(1024, 1 << 20);
    rig.keys("openai", KEY);
  }

  @Test
  @DisplayName("F41 an upload that stops while it passes: 408, and the upstream is called off")
  void slow_uploads() throws Exception {
    passingUploads();
    var ended = new CompletableFuture<Long>();
    try (var upstream =
        new BareServer(upload -> {
          upload.head();
          ended.complete(upload.untilClosed());
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = rig.line()) {
        var whole = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO + " ".repeat(100_000));
        line.say(whole.substring(0, 50_000));
        assertThat(line.hear().status()).isEqualTo(408);
        assertThat(ended.get(30, TimeUnit.SECONDS)).isLessThan(50_000);
      }
      rig.untilIdle("openai");
      assertThat(rig.standing("openai", KEY).health().consecutiveFailures()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2 << 20})
  @DisplayName("F35, F41 an upload that stops, or grows too long, behind its answer's beginning")
  void uploads_that_are_answered_already(int more) throws Exception {
    passingUploads();
    var ended = new CompletableFuture<Long>();
    try (var upstream =
        new BareServer(upload -> {
          upload.head();
          upload.say("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\n\r\nla la la");
          ended.complete(upload.untilClosed());
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = rig.line()) {
        var head =
            Calls.onTheWire("POST", Calls.CHAT, "", "transfer-encoding: chunked")
                .replace("content-length: 0\r\n", "");
        line.say(head + "400000\r\n" + " ".repeat(50_000));
        assertThat(line.head().status()).isEqualTo(200);
        sayAsFarAsItIsTaken(line, " ".repeat(more));
        line.untilClosed();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isLessThan(2 << 20);
      }
      rig.untilIdle("openai");
    }
    assertThat(rig.standing("openai", KEY).health().consecutiveFailures()).isZero();
    var entry = rig.entries.poll(30, TimeUnit.SECONDS);
    assertThat(entry.ending()).isEqualTo(new Entry.Ending(200, Entry.How.CUT));
  }

  /// An upstream that is cut off can say nothing any more; one that only awaits its end still can.
  @Test
  @DisplayName(
      "F40 an upstream that takes no more of an upload is cut off, what lies ready with it")
  void an_upload_that_nobody_takes() throws Exception {
    rig.patience = Patiences.attempt(rig.patience, Duration.ofSeconds(1));
    rig.limits = new BodyLimits(1024, 64 << 20);
    rig.keys("openai", KEY);
    var over = new CompletableFuture<Void>();
    var cut = new CompletableFuture<Void>();
    try (var upstream =
        new BareServer(upload -> {
          upload.head();
          over.join();
          Rig.until(() -> isGone(upload));
          cut.complete(null);
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = rig.line()) {
        var whole = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO + " ".repeat(24 << 20));
        var saying = CompletableFuture.runAsync(() -> sayAsFarAsItIsTaken(line, whole));
        var entry = rig.entries.poll(30, TimeUnit.SECONDS);
        assertThat(entry.ending().status()).isEqualTo(504);
        over.complete(null);
        cut.get(30, TimeUnit.SECONDS);
        line.end();
        saying.get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static boolean isGone(Line line) {
    try {
      line.say("\n");
      return false;
    } catch (IOException gone) {
      return true;
    }
  }

  private static void sayAsFarAsItIsTaken(Line line, String text) {
    try {
      line.say(text);
    } catch (IOException cut) {
      // the rest is not wanted
    }
  }

  @Test
  @DisplayName(
      "F40 a reader that takes nothing is let go, its upstream cancelled, the key unharmed")
  void takes_nothing() throws Exception {
    rig.patience = Patiences.client(rig.patience, new ClientLimits(LONG, SHORT));
    rig.keys("openai", KEY);
    var ended = new CompletableFuture<Void>();
    try (var upstream =
        new BareServer(line -> {
          line.hear();
          line.say("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\n\r\n");
          try {
            while (true) {
              line.say(new byte[16 << 10]);
            }
          } catch (IOException cut) {
            ended.complete(null);
          }
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = Line.narrow(rig.port(), 4096)) {
        line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
        ended.get(30, TimeUnit.SECONDS);
        line.untilClosed();
      }
      rig.untilIdle("openai");
      assertThat(rig.standing("openai", KEY).health().consecutiveFailures()).isZero();
    }
  }

  /// What the upstream said, less what lies in the kernel's buffers on the way, is what is kept
  /// here: once all is still, every byte is either there or with us.
  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 4000})
  @DisplayName("F40 for a reader that takes nothing a bounded amount is held, whatever is said")
  void holds_little(int piece) throws Exception {
    assumeTrue(KernelQueues.areTold(), "this system does not tell its sockets' queues");
    rig.keys("openai", KEY);
    var said = new AtomicLong();
    try (var upstream = new BareServer(line -> speaksForEver(line, new byte[piece], said))) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = Line.narrow(rig.port(), 4096)) {
        line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
        var still = new Stillness(said);
        Rig.until(() -> said.get() > 0 && still.lasts());
        var port = URI.create(upstream.url()).getPort();
        var underWay = KernelQueues.of(port) + KernelQueues.of(rig.port());
        assertThat(said.get() - underWay).isLessThanOrEqualTo(64 << 10);
      }
      rig.untilIdle("openai");
    }
  }

  private static void speaksForEver(Line line, byte[] piece, AtomicLong said) throws IOException {
    line.hear();
    line.say("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 1000000000\r\n\r\n");
    try {
      while (true) {
        said.addAndGet(piece.length);
        line.say(piece);
      }
    } catch (IOException cut) {
      // the reader has gone
    }
  }

  /// Whether a number has stood still for so many looks.
  private static final class Stillness {
    private final AtomicLong number;
    private long last;
    private int looks;

    Stillness(AtomicLong number) {
      this.number = number;
    }

    boolean lasts() {
      var now = number.get();
      looks = now == last ? looks + 1 : 0;
      last = now;
      return looks > 3000;
    }
  }
}
