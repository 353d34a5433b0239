package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.Ending;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that leaves: the upstream is called off at once, the slot is given back once, and the
/// key has done nothing wrong.
class LeavingTest {
  private static final String KEY = "key-a-000000000000000000000";

  private final Rig rig = Rig.withHttp2();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("P14, F37 leaving before the first byte cancels the upstream")
  void leaving_before_the_first_byte(boolean reset) throws Exception {
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.hangs());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      var asked = first();
      if (reset) {
        line.reset();
      } else {
        line.end();
      }
      assertCalledOff(asked);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("P14, F38 leaving in mid-stream cancels the upstream")
  void leaving_in_mid_stream(boolean reset) throws Exception {
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.stallsAfter(600));
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM));
      line.head();
      line.read(100);
      var asked = first();
      if (reset) {
        line.reset();
      } else {
        line.end();
      }
      assertCalledOff(asked);
    }
  }

  @Test
  @DisplayName("F38 leaving while the relay looks at the beginning of an answer")
  void leaving_while_the_beginning_is_read() throws Exception {
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.stallsAfter(20));
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM));
      var asked = first();
      line.end();
      assertCalledOff(asked);
    }
  }

  @Test
  @DisplayName("F37 leaving while waiting for a key: nothing is asked any more")
  void leaving_while_waiting_for_a_key() throws Exception {
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.limited(Duration.ofSeconds(1)), Fault.well());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      first().ending().get(30, TimeUnit.SECONDS);
      rig.untilIdle("openai");
    }
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    rig.untilIdle("openai");
    assertThat(rig.sandbox.seen().count()).isEqualTo(2);
  }

  @Test
  void who_stands_in_line_is_counted_until_it_leaves() throws Exception {
    rig.patience = Patiences.waiting(rig.patience, Duration.ofSeconds(25));
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.limited(Duration.ofSeconds(15)), Fault.well());
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      Rig.until(() -> rig.resting() == 1);
    }
    Rig.until(() -> rig.resting() == 0);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("F37 leaving within the body: nothing is asked")
  void leaving_within_the_body() throws Exception {
    rig.keys("openai", KEY);
    try (var line = rig.line()) {
      var whole = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO);
      line.say(whole.substring(0, whole.length() - 10));
    }
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  @DisplayName("F37 leaving within an upload that passes through cancels the upstream")
  void leaving_within_a_passing_upload() throws Exception {
    rig.keys("openai", KEY);
    rig.limits = new BodyLimits(1024, 1 << 20);
    var met = new CompletableFuture<Void>();
    var ended = new CompletableFuture<Long>();
    try (var upstream =
        new BareServer(upload -> {
          upload.head();
          met.complete(null);
          ended.complete(upload.untilClosed());
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line = rig.line()) {
        var whole = Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO + " ".repeat(100_000));
        line.say(whole.substring(0, 50_000));
        met.get(30, TimeUnit.SECONDS);
      }
      assertThat(ended.get(30, TimeUnit.SECONDS)).isLessThan(50_000);
      rig.untilIdle("openai");
      assertThat(rig.standing("openai", KEY).health().consecutiveFailures()).isZero();
    }
  }

  @Test
  @DisplayName("P14 the reset of an HTTP/2 stream cancels its upstream, and the connection lives")
  void the_reset_of_an_http2_stream() throws Exception {
    rig.keys("openai", KEY);
    rig.script.play(Match.ALL, Fault.hangs(), Fault.well());
    var client =
        rig.vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(rig.port())
            .setURI(Calls.CHAT)
            .putHeader("authorization", "Bearer " + Rig.AUTH)
            .putHeader("content-type", "application/json");
    var request = Rig.join(client.request(options));
    var connection = request.connection();
    request.end(Buffer.buffer(Calls.HELLO));
    var asked = first();
    request.reset(8);
    assertCalledOff(asked);

    var second = Rig.join(client.request(options));
    assertThat(second.connection()).isSameAs(connection);
    assertThat(Rig.join(second.send(Buffer.buffer(Calls.HELLO))).statusCode()).isEqualTo(200);
    Rig.join(client.close());
  }

  private Asked first() throws Exception {
    return rig.sandbox.seen().nth(1).get(30, TimeUnit.SECONDS);
  }

  private void assertCalledOff(Asked asked) throws Exception {
    assertThat(asked.ending().get(30, TimeUnit.SECONDS).how()).isEqualTo(Ending.LEFT);
    rig.untilIdle("openai");
    var standing = rig.standing("openai", KEY);
    assertThat(standing.state()).isEqualTo(State.ACTIVE);
    assertThat(standing.coolings()).isEmpty();
    assertThat(standing.health().consecutiveFailures()).isZero();
    rig.script.play(Match.ALL, Fault.well());
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    rig.untilIdle("openai");
  }
}
