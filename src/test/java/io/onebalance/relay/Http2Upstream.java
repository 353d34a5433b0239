package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.BareServer;
import io.onebalance.wire.Frames;
import io.onebalance.wire.Message;
import io.onebalance.wire.Pem;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// An upstream that speaks HTTP/2 in frames that no library would send, and a relay with two keys
/// before it.
final class Http2Upstream implements AutoCloseable {
  static final String IMAGES = "/api/openai/v1/images/generations";
  static final String IMAGE = "{\"model\":\"gpt-image-1\"}";
  private static final List<String> KEYS =
      List.of("key-a-000000000000000000000", "key-b-000000000000000000000");

  final Rig rig = new Rig();

  /// What it was asked with, in order.
  final List<String> keys = new CopyOnWriteArrayList<>();

  private final List<BareServer> servers = new ArrayList<>();
  private final Pem pair;

  /// It shows this certificate.
  Http2Upstream(Pem pair) {
    this.pair = pair;
    rig.keys("openai", KEYS.toArray(String[]::new));
    rig.trust = Optional.of(new PemTrustOptions().addCertPath(pair.certificate().toString()));
  }

  /// Treats the first connection in the first of these manners, and so on; the last one stays.
  BareServer plays(BareServer.Manners... manners) throws Exception {
    var server = BareServer.overTls(pair.serving(), "h2", manners);
    servers.add(server);
    rig.at("openai", "https://localhost:" + server.port() + "/v1");
    return server;
  }

  /// The stream of the next question.
  int asked(Frames frames) throws IOException {
    var asked = frames.asked();
    keys.add(asked.fields().getOrDefault("authorization", ""));
    return asked.stream();
  }

  void answersAll(Frames frames) throws IOException {
    while (true) {
      frames.answer(asked(frames), "{}");
    }
  }

  /// What a client of the relay hears, with how it ends.
  Message ask(String target, String body) throws IOException {
    try (var line = rig.line()) {
      return line.say(Calls.onTheWire("POST", target, body)).hear();
    }
  }

  void assertNobodyIsBlamed() {
    rig.untilIdle("openai");
    for (var key : KEYS) {
      assertThat(rig.standing("openai", key).health().consecutiveFailures()).as(key).isZero();
    }
    assertThat(rig.counts("openai").active()).isEqualTo(2);
  }

  @Override
  public void close() {
    servers.forEach(BareServer::close);
    rig.close();
  }
}
