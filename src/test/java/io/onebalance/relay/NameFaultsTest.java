package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.BareServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a resolver does wrong, between the relay and a socket.
class NameFaultsTest {
  private static final String KEY = "key-a-000000000000000000000";

  private final Rig rig = new Rig(Duration.ofMillis(100));
  private final BareServer server =
      new BareServer(line -> {
        line.hear();
        line.say(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n"
                + "connection: close\r\n\r\n{}");
      });

  @AfterEach
  void close() {
    server.close();
    rig.close();
  }

  private void provider(String local) {
    rig.keys("openai", KEY);
    var base = "http://api.provider.test:" + server.port() + "/v1";
    rig.catalogue = rig.catalogue.with(Map.of("openai", Map.of("base-url", base, "local", local)));
  }

  private void assertBlamelessly(int status) {
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(rig.counts("openai").active()).isEqualTo(1);
  }

  @Test
  @DisplayName("F28 a name that is not found: 502, no key is sent or blamed")
  void no_address() {
    provider("true");
    rig.resolver =
        host -> {
          throw new UnknownHostException(host);
        };
    assertBlamelessly(502);
    assertThat(server.met()).isZero();
  }

  @Test
  @DisplayName("F28 a resolver that does not answer: 502, the names' fault and not our own limit")
  void no_answer() {
    var silence = new CountDownLatch(1);
    provider("true");
    rig.patience = Patiences.attempt(rig.patience, Duration.ofMillis(300));
    rig.resolver =
        host -> {
          try {
            silence.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try {
      assertBlamelessly(502);
    } finally {
      silence.countDown();
    }
    assertThat(server.met()).isZero();
  }

  @Test
  @DisplayName("F29 a public provider's name that stands for a private address: 502, no connection")
  void a_private_address_of_a_public_provider() {
    provider("false");
    rig.resolver = _ -> List.of(InetAddress.getLoopbackAddress());
    assertBlamelessly(502);
    assertThat(server.met()).isZero();
  }

  @Test
  @DisplayName("F29 a base URL that the operator set may stand in a private network")
  void a_private_address_of_the_operators_own() {
    provider("true");
    rig.resolver = _ -> List.of(InetAddress.getLoopbackAddress());
    assertBlamelessly(200);
  }

  @Test
  @DisplayName("F29 a base URL of the settings is the operator's own unless he says otherwise")
  void a_base_url_of_the_settings() {
    rig.keys("openai", KEY);
    rig.at("openai", "http://api.provider.test:" + server.port() + "/v1");
    rig.resolver = _ -> List.of(InetAddress.getLoopbackAddress());
    assertBlamelessly(200);
  }

  @Test
  @DisplayName("F1, F28 of two addresses the one that answers is found within one request")
  void the_second_address() throws UnknownHostException {
    provider("true");
    var nobody = InetAddress.getByName("127.77.77.77");
    rig.resolver = _ -> List.of(nobody, InetAddress.getLoopbackAddress());
    assertBlamelessly(200);
    assertBlamelessly(200);
  }
}
