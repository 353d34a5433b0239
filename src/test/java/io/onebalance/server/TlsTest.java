package io.onebalance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.wire.Pem;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which versions of HTTP are spoken, over TLS and in the clear.
class TlsTest {
  @TempDir static Path folder;
  private static Optional<Pem> made = Optional.empty();

  private final House house = new House();

  @BeforeAll
  static void makeAPair() throws Exception {
    made = Optional.of(Pem.in(folder));
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  @DisplayName("HTTP/2 by ALPN over TLS, with a PEM pair from the settings")
  void http2_over_tls() throws Exception {
    openWithTls();
    var answer = ask(HttpClient.Version.HTTP_2);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.body()).isEqualTo("HTTP_2 true");
  }

  @Test
  @DisplayName("HTTP/1.1 for who speaks nothing newer")
  void http1_over_tls() throws Exception {
    openWithTls();
    var answer = ask(HttpClient.Version.HTTP_1_1);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(answer.body()).isEqualTo("HTTP_1_1 true");
  }

  @Test
  @DisplayName("a request in the clear is no request to a TLS port")
  void nothing_in_the_clear_on_a_tls_port() throws Exception {
    openWithTls();
    try (var line = house.line()) {
      line.say("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
      assertThat(new String(line.rest(), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("HTTP/1.1 200");
    }
  }

  @Test
  @DisplayName("h2c is spoken where it is set")
  void http2_in_the_clear() {
    house.http2InTheClear = true;
    open();
    assertThat(priorKnowledge()).isEqualTo("HTTP_2 false");
  }

  @Test
  @DisplayName("h2c is not spoken where it is not set: neither by knowledge nor by upgrade")
  void no_http2_in_the_clear() throws Exception {
    open();
    assertThatThrownBy(this::priorKnowledge).isInstanceOf(CompletionException.class);
    try (var line = house.line()) {
      line.say(
          "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade, http2-settings\r\n"
              + "upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n");
      var answer = line.hear();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("HTTP_1_1 false");
    }
  }

  @Test
  @DisplayName("a certificate that can't be read stops the start")
  void a_broken_certificate() throws Exception {
    var broken = Files.writeString(folder.resolve("broken.pem"), "no certificate");
    house.tls = Optional.of(new Address.Tls(broken, broken));
    assertThatThrownBy(this::open).isInstanceOf(CompletionException.class);
  }

  private void openWithTls() {
    var pem = made.orElseThrow();
    house.tls = Optional.of(new Address.Tls(pem.certificate(), pem.key()));
    open();
  }

  private void open() {
    house.relay =
        Optional.of(request -> request.response().end(request.version() + " " + request.isSSL()));
    house.open();
  }

  private HttpResponse<String> ask(HttpClient.Version version) throws Exception {
    var context = made.orElseThrow().trusting();
    try (var client = HttpClient.newBuilder().version(version).sslContext(context).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(house.url("/x"))).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private String priorKnowledge() {
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    var client = house.vertx.createHttpClient(options);
    try {
      return House.join(
          client
              .request(HttpMethod.GET, house.port(), "127.0.0.1", "/x")
              .compose(request -> request.send())
              .compose(response -> response.body())
              .map(body -> body.toString()));
    } finally {
      House.join(client.close()); // one that nobody holds is closed with the next garbage
    }
  }
}
