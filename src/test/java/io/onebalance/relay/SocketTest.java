package io.onebalance.relay;

import static io.onebalance.relay.SocketRig.A;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.relay.exchange.rules.SocketLimits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSockets after the handshake: frames both ways, and every end.
class SocketTest {
  private final SocketRig sockets = new SocketRig();

  @AfterEach
  void close() {
    sockets.close();
  }

  private void assertProviderToldBye() throws Exception {
    var farewell = sockets.heard.get(30, TimeUnit.SECONDS);
    assertThat(farewell[0]).isEqualTo((byte) 0x88);
    assertThat(farewell[1] & 0x80).isNotZero();
  }

  @Test
  @DisplayName("S12, P20 the provider gets its own key, the client its messages back")
  void frames_go_both_ways() throws Exception {
    var talk = sockets.openai(sockets::echo).open().say("hello");
    assertThat(talk.hears()).isEqualTo("hello");
    assertThat(talk.leave(4321, "enough").ends()).isEqualTo("4321 enough");
    var asked = sockets.asked.get();
    assertThat(asked.field("authorization")).isEqualTo("Bearer " + A);
    assertThat(asked.target()).isEqualTo("/v1/realtime?model=gpt-4o-mini");
    assertThat(asked.everything()).doesNotContain(Rig.AUTH);
    sockets.rig.untilIdle("openai");
    assertThat(sockets.rig.standing("openai", A).health().consecutiveFailures()).isZero();
  }

  @Test
  @DisplayName("F36 dropped: the client is told 1011, the key has failed once")
  void a_provider_that_vanishes() throws Exception {
    var talk = sockets.openai(sockets::accept).open();
    assertThat(talk.ends()).isEqualTo("1011 the provider broke off");
    sockets.rig.untilIdle("openai");
    assertThat(sockets.rig.standing("openai", A).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  @DisplayName("F36 dropped with RST: the client hears what was said, and is told 1011")
  void a_provider_that_resets() throws Exception {
    var heard = new CompletableFuture<Void>();
    var talk =
        sockets
            .openai(line -> {
              sockets.accept(line);
              line.say(new byte[] {(byte) 0x81, 2, 'h', 'i'});
              heard.join();
              line.reset();
            })
            .open();
    assertThat(talk.hears()).isEqualTo("hi");
    heard.complete(null);
    assertThat(talk.ends()).isEqualTo("1011 the provider broke off");
    sockets.rig.untilIdle("openai");
  }

  @Test
  @DisplayName("F36 a provider that accepts only to close: the client is told its code and reason")
  void a_provider_that_closes_at_once() throws Exception {
    byte[] close = {(byte) 0x88, 4, 15, -95, 'n', 'o'};
    var talk = sockets.openai(sockets.parting(close)).open();
    assertThat(talk.ends()).isEqualTo("4001 no");
    sockets.rig.untilIdle("openai");
  }

  @Test
  @DisplayName("S26, F36 a provider's code to close passes, its reason without the key")
  void a_reason_with_the_key() throws Exception {
    var why = "Incorrect API key provided: " + A;
    var close = new byte[4 + why.length()];
    System.arraycopy(why.getBytes(US_ASCII), 0, close, 4, why.length());
    System.arraycopy(new byte[] {(byte) 0x88, (byte) (2 + why.length()), 15, -96}, 0, close, 0, 4);
    var talk = sockets.openai(sockets.saying(close)).open();
    assertThat(talk.ends()).isEqualTo("4000 Incorrect API key provided: [redacted]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("P14, F36 a client that vanishes takes the provider's socket with it")
  void a_client_that_vanishes(boolean reset) throws Exception {
    sockets.openai(sockets.saying());
    try (var line = sockets.shake()) {
      assertThat(line.head().status()).isEqualTo(101);
      if (reset) {
        line.reset();
      } else {
        line.end();
      }
      assertProviderToldBye();
    }
    sockets.rig.untilIdle("openai");
    assertThat(sockets.rig.standing("openai", A).health().consecutiveFailures()).isZero();
  }

  @Test
  @DisplayName("F36 huge frame of the provider: 1009, before a byte of it")
  void a_huge_frame() throws Exception {
    byte[] huge = {(byte) 0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3};
    var talk = sockets.openai(sockets.saying(huge)).open();
    assertThat(talk.ends()).startsWith("1009 ");
    assertProviderToldBye();
  }

  @Test
  @DisplayName("F36 huge message of the client, in fragments: 1009")
  void a_huge_message_in_fragments() throws Exception {
    var talk = sockets.openai(sockets.saying()).open();
    talk.throwIn(600_000, false).throwIn(600_000, true);
    assertThat(talk.ends()).startsWith("1009 ");
  }

  @Test
  @DisplayName("F36 silent: after the idle time both are told 1001")
  void silence() throws Exception {
    sockets.rig.sockets = new SocketLimits(Duration.ofMillis(200), 1 << 20);
    var talk = sockets.openai(sockets.saying()).open();
    assertThat(talk.ends()).startsWith("1001 ");
    assertProviderToldBye();
  }

  @Test
  @DisplayName("F69 sockets are told 1001 at the drain limit")
  void drain() throws Exception {
    var talk = sockets.openai(sockets.saying()).open();
    sockets.rig.drain(Duration.ofMillis(100));
    assertThat(talk.ends()).isEqualTo("1001 the gateway is going away");
  }
}
