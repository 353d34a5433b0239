package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.AllLogged;
import io.onebalance.relay.exchange.rules.HedgeRules;
import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What breaks inside of this program while a request is under way: the client is told at once,
/// nothing stays taken, and the log says it once.
class BreakdownTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final String GEMINI = "gemini-key-0000000000000000";
  private static final int LENGTH = 20_000;
  private static final int BEGINNING = 9_000;

  @RegisterExtension final AllLogged logged = new AllLogged();

  private final Rig rig = new Rig();

  BreakdownTest() {
    rig.keys("openai", KEY);
    rig.keys("google-ai-studio", GEMINI);
    rig.patience = Patiences.idle(rig.patience, Duration.ofMinutes(2));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void breakLedger() {
    rig.ledger =
        _ -> {
          throw new IllegalStateException("the ledger breaks");
        };
  }

  /// Nothing is held any more for a request, and the log has its id once.
  private void assertOver(String id) {
    rig.untilIdle("openai");
    rig.untilIdle("google-ai-studio");
    Rig.until(() -> rig.underWay.all() == 0);
    assertThat(logged.lines()).filteredOn(line -> line.startsWith("request " + id)).hasSize(1);
  }

  @Test
  @DisplayName("F74 where the telling breaks before the head has gone: 500 with an id")
  void before_the_head() {
    breakLedger();
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    var id = answer.headers().firstValue("x-one-balance-request-id").orElseThrow();
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("internal_error", id);
    assertOver(id);
  }

  @Test
  @DisplayName("F74 where the telling breaks in the midst of a body: cut, and its upstream too")
  void within_a_body() throws Exception {
    breakLedger();
    var begun = new CompletableFuture<Void>();
    var closed = new CompletableFuture<Long>();
    try (var upstream =
            new BareServer(line -> {
              line.hear();
              line.say(
                  "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                      + LENGTH
                      + "\r\n\r\n"
                      + " ".repeat(BEGINNING));
              begun.join();
              line.say(" ".repeat(LENGTH - BEGINNING));
              closed.complete(line.untilClosed());
            });
        var line = rig.line()) {
      rig.at("openai", upstream.url() + "/v1");
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      var head = line.head();
      assertThat(head.status()).isEqualTo(200);
      var heard = line.read(BEGINNING).length;
      begun.complete(null);
      assertThat(heard + line.rest().length).isLessThan(LENGTH);
      assertThat(closed.get(30, TimeUnit.SECONDS)).isZero();
      assertOver(head.field("x-one-balance-request-id"));
    }
  }

  /// Requests that go different ways, each with a path and a body.
  enum Way {
    PLAIN("/v1/chat/completions", Calls.chat("openai/gpt-4o-mini")),
    STREAMED("/v1/chat/completions", stream("openai/gpt-4o-mini")),
    TRANSLATED("/v1/chat/completions", Calls.chat("google-ai-studio/gemini-2.5-flash")),
    TRANSLATED_STREAM("/v1/chat/completions", stream("google-ai-studio/gemini-2.5-flash")),
    HEDGED("/v1/chat/completions", Calls.chat("fast")),
    HEDGED_STREAM("/v1/chat/completions", stream("fast")),
    IN_PARTS("/v1/embeddings", embeddings(201)),
    COUNTED("/v1/messages/count_tokens", Calls.chat("google-ai-studio/gemini-2.5-flash"));

    private final String request;

    Way(String path, String body) {
      request = Calls.onTheWire("POST", path, body);
    }

    private static String stream(String model) {
      return Calls.chat(model).replace("{\"model\"", "{\"stream\":true,\"model\"");
    }

    private static String embeddings(int inputs) {
      return """
      {"model":"google-ai-studio/gemini-embedding-001","input":["a"%s]}\
      """
          .formatted(",\"a\"".repeat(inputs - 1));
    }
  }

  /// The clock is looked at on the whole way of a request, so it can break anywhere on it.
  @ParameterizedTest
  @EnumSource
  @DisplayName("F74 wherever a request breaks, its client is told and nothing stays taken")
  void anywhere(Way way) throws IOException {
    rig.virtualModels =
        new VirtualModels(Map.of("fast", List.of(new Leg("openai", "gpt-4o-mini", 0))));
    rig.hedging = new HedgeRules(List.of("fast"), 1, Duration.ofSeconds(20));
    var broke = 0;
    do {
      rig.breakClock(broke + 1);
      var answer = ask(way);
      rig.untilIdle("openai");
      rig.untilIdle("google-ai-studio");
      Rig.until(() -> rig.underWay.all() == 0);
      if (rig.clockHolds()) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(broke).as("how often it broke").isBetween(5, 200);
      } else {
        broke++;
        assertThat(answer.status() == 500 || answer.status() == 200)
            .as("%s, broken at look %d: %s", way, broke, answer)
            .isTrue();
      }
    } while (!rig.clockHolds());
  }

  private Message ask(Way way) throws IOException {
    try (var line = rig.line()) {
      return line.say(way.request).hear();
    }
  }

  /// Up to its 101 a handshake is answered like any request; after it, the connection ends.
  @Test
  @DisplayName("F74, F36 wherever a WebSocket breaks, both its ends are let go")
  void a_socket() throws IOException {
    try (var sockets = new SocketRig()) {
      sockets.openai(sockets::echo);
      var broke = 0;
      do {
        sockets.rig.breakClock(broke + 1);
        try (var line = sockets.shake()) {
          var status = line.head().status();
          if (status == 101) {
            line.say(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8});
            line.untilClosed();
          } else {
            assertThat(status).isEqualTo(500);
          }
        }
        sockets.rig.untilIdle("openai");
        Rig.until(() -> sockets.rig.underWay.all() == 0);
        broke++;
      } while (!sockets.rig.clockHolds() && broke < 200);
      assertThat(broke).isBetween(5, 100);
    }
  }
}
