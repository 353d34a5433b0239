package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsUpstreamTest {
  private static final String KEY = "sk-key-that-only-its-provider-may-see";
  private static final String CHAT = "/api/openai/v1/chat/completions";
  private static final String HELLO =
      """
      {"model":"gpt-5","messages":[{"role":"user","content":"hello"}]}\
      """;

  private static Optional<Pem> pair = Optional.empty();

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpVersion> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Rig rig = new Rig();

  @BeforeAll
  static void make(@TempDir Path folder) throws Exception {
    pair = Optional.of(Pem.in(folder));
  }

  @BeforeEach
  void open() {
    speaking(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    rig.key("openai", KEY);
  }

  private void speaking(List<HttpVersion> versions) {
    var upstream = Rig.join(provider(versions).listen(0, "127.0.0.1"));
    rig.catalogue =
        rig.catalogue.with(
            Map.of("openai", Map.of("base-url", "https://localhost:" + upstream.actualPort())));
  }

  @AfterEach
  void close() {
    rig.close();
    Rig.join(vertx.close());
  }

  @Test
  @DisplayName("S19, F30 an untrusted certificate: 502, and the key was never sent")
  void an_untrusted_certificate() {
    var answer = rig.post(CHAT, HELLO);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("all_keys_failed").doesNotContain(KEY);
    assertThat(heard).isEmpty();
    assertThat(rig.pools.of("openai").counts(rig.clock.instant()).active()).isEqualTo(1);
  }

  @Test
  @DisplayName("S19 a trusted certificate is spoken to, over HTTP/2 where the server speaks it")
  void a_trusted_certificate() {
    rig.trust =
        Optional.of(new PemTrustOptions().addCertPath(pair.orElseThrow().certificate().toString()));

    assertThat(rig.post(CHAT, HELLO).statusCode()).isEqualTo(200);
    assertThat(heard).containsExactly(HttpVersion.HTTP_2);
  }

  @Test
  @DisplayName("S19 a trusted server that speaks no HTTP/2 keeps its connection")
  void over_http1() {
    speaking(List.of(HttpVersion.HTTP_1_1));
    rig.trust =
        Optional.of(new PemTrustOptions().addCertPath(pair.orElseThrow().certificate().toString()));
    for (var i = 0; i < 4; i++) {
      assertThat(rig.post(CHAT, HELLO).statusCode()).isEqualTo(200);
    }
    assertThat(heard).hasSize(4).containsOnly(HttpVersion.HTTP_1_1);
    assertThat(connections).as("the one that showed what is spoken, and ours").hasValue(2);
  }

  private HttpServer provider(List<HttpVersion> versions) {
    var pem = pair.orElseThrow();
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setAlpnVersions(versions)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(pem.certificate().toString())
                    .addKeyPath(pem.key().toString()));
    return vertx
        .createHttpServer(options)
        .connectionHandler(_ -> connections.incrementAndGet())
        .requestHandler(request -> {
          heard.add(request.version());
          request.response().putHeader("content-type", "application/json").end("{\"id\":1}");
        });
  }
}
