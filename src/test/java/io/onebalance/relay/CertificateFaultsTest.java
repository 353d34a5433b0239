package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.BareServer;
import io.onebalance.wire.Certificates;
import io.onebalance.wire.FaultProxy;
import io.onebalance.wire.Line;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that cannot prove who they are: no key is sent to them, and none is blamed.
class CertificateFaultsTest {
  private static final String KEY = "sk-key-that-only-its-provider-may-see";
  private static final AtomicReference<Certificates> CERTIFICATES = new AtomicReference<>();

  private final Rig rig = new Rig();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private Optional<BareServer> server = Optional.empty();

  @BeforeAll
  static void make(@TempDir Path folder) throws Exception {
    CERTIFICATES.set(Certificates.in(folder));
  }

  @AfterEach
  void close() {
    server.ifPresent(BareServer::close);
    rig.close();
  }

  private BareServer provider(SSLContext identity, boolean trusted) {
    var open = BareServer.overTls(identity, "http/1.1", this::answer);
    server = Optional.of(open);
    rig.resolver = _ -> List.of(InetAddress.getLoopbackAddress());
    rig.keys("openai", KEY);
    rig.at("openai", "https://provider.test:" + open.port() + "/v1");
    if (trusted) {
      rig.trust =
          Optional.of(new PemTrustOptions().addCertPath(CERTIFICATES.get().authority().toString()));
    }
    return open;
  }

  private void answer(Line line) throws IOException {
    for (var piece = line.some(); piece.length > 0; piece = line.some()) {
      heard.writeBytes(piece);
      line.say("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
    }
  }

  private void assertNeverSent() {
    var answer = rig.post(Calls.CHAT, Calls.HELLO);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed").doesNotContain(KEY);
    assertThat(heard.toString(StandardCharsets.ISO_8859_1)).isEmpty();
    assertThat(server.orElseThrow().met()).isPositive();
    assertThat(rig.counts("openai").active()).isEqualTo(1);
  }

  @Test
  @DisplayName("F30 a right certificate is spoken to: what is wrong below is the only wrong")
  void a_right_certificate() throws Exception {
    provider(CERTIFICATES.get().serving("provider.test"), true);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(heard.toString(StandardCharsets.ISO_8859_1)).contains(KEY);
  }

  @Test
  @DisplayName("F30, S19 an expired certificate: 502, the key is never sent")
  void an_expired_certificate() throws Exception {
    var expired =
        CERTIFICATES.get().serving("provider.test", "-startdate", "-10d", "-validity", "5");
    provider(expired, true);
    assertNeverSent();
  }

  @Test
  @DisplayName("F30, S19 a certificate for another host: 502, the key is never sent")
  void a_certificate_for_another_host() throws Exception {
    provider(CERTIFICATES.get().serving("other.test"), true);
    assertNeverSent();
  }

  @Test
  @DisplayName("F30, S19 a certificate by an authority that is not trusted: 502, never sent")
  void an_untrusted_certificate() throws Exception {
    provider(CERTIFICATES.get().serving("provider.test"), false);
    assertNeverSent();
  }

  @Test
  @DisplayName("F30 a handshake with a turned byte in it: 502, the key is never sent")
  void a_corrupted_handshake() throws Exception {
    var open = provider(CERTIFICATES.get().serving("provider.test"), true);
    try (var proxy = FaultProxy.before(open.port(), FaultProxy.corruptsAt(200))) {
      rig.at("openai", "https://provider.test:" + proxy.port() + "/v1");
      assertNeverSent();
    }
  }

  @Test
  @DisplayName("P1, F2 a handshake that never ends: 502 at its limit, no key to blame")
  void a_handshake_that_never_ends() throws Exception {
    try (var impatient = new Rig(Duration.ofMillis(300));
        var mute = new BareServer(Line::untilClosed)) {
      impatient.keys("openai", KEY);
      impatient.at("openai", "https://127.0.0.1:" + mute.port() + "/v1");
      var answer = impatient.post(Calls.CHAT, Calls.HELLO);
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(mute.met()).isPositive();
      assertThat(impatient.counts("openai").active()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("F8, F30 what is no TLS at all: 502, the key is never sent")
  void no_tls() throws Exception {
    var open = provider(CERTIFICATES.get().serving("provider.test"), true);
    var garbage = FaultProxy.garbles("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    try (var proxy = FaultProxy.before(open.port(), garbage)) {
      rig.at("openai", "https://provider.test:" + proxy.port() + "/v1");
      assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(502);
      assertThat(rig.counts("openai").active()).isEqualTo(1);
    }
  }
}
