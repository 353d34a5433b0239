package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Escapes;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests on a bare connection that are not what an honest client would write.
class RequestLineTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final String AUTH = "authorization: Bearer " + Rig.AUTH + "\r\n";
  private static final String HEAD = "POST " + Calls.CHAT + " HTTP/1.1\r\n";

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final BareServer upstream =
      new BareServer(line -> {
        while (true) {
          heard.add(line.hear());
          line.say(
              "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
        }
      });

  RequestLineTest() {
    rig.keys("openai", KEY);
    rig.at("openai", upstream.url() + "/base/v1");
  }

  @AfterEach
  void close() {
    upstream.close();
    rig.close();
  }

  static Stream<String> escapes() {
    return Stream.of(
        "/api/openai/../../admin",
        "/api/openai/v1/../../../etc",
        "/api/openai/v1/%2e%2e/x",
        "/api/openai/v1/%2E%2E%2Fx",
        "/api/openai/v1/..%2fx",
        "/api/openai/v1/..%5cx",
        "/api/openai/v1/%252e%252e/x",
        "/api/openai/v1/..;/x",
        "/api/openai/v1/.%2e/x",
        "/api/openai/./x/..",
        "/api/openai/v1\\..\\x",
        "/api/openai//evil.test/x",
        "/api/openai//",
        "/api//openai/v1/models",
        "//evil.test/api/openai/v1/models",
        "/api/openai@evil.test/v1/models",
        "/api/openai:443@evil.test/x",
        "/api/openai%2f..%2fanthropic/v1/models",
        "/api/%6fpenai/v1/models",
        "/api/openai/v1/models%00",
        "/api/openai/v1/models%0d%0ahost:%20evil",
        "/api/openai/v1/%0aX",
        "/api/openai/v1/models#/../x",
        "http://evil.test/v1/models",
        "https://evil.test/api/openai/v1/models",
        "/api/openai/http://evil.test/",
        "/api/openai/v1/models?x=\u0000",
        "/api/openai/v1/%ff%fe",
        "/api/openai/v1/%c0%ae%c0%ae/x",
        "/api/openai/v1/%zz",
        "/api/openai/v1/%",
        "evil.test:443",
        "*");
  }

  @Test
  @DisplayName("P8, S11 no path changes the upstream's host or leaves its base: 400 variants")
  void no_variant_escapes() throws IOException {
    for (var path : Escapes.all()) {
      heard.clear();
      assertStays("/api/openai" + path);
    }
  }

  @ParameterizedTest
  @MethodSource("escapes")
  @DisplayName("P8, S11 no path changes the upstream's host or leaves its base")
  void paths_do_not_escape(String target) throws IOException {
    assertStays(target);
  }

  private void assertStays(String target) throws IOException {
    try (var line = rig.line()) {
      line.say("GET " + target + " HTTP/1.1\r\nhost: gateway.test\r\n" + AUTH + "\r\n");
      var answer = line.hear();
      if (heard.isEmpty()) {
        assertThat(answer.status()).isBetween(400, 499);
      } else {
        var sent = heard.getFirst();
        assertThat(sent.field("host")).isEqualTo("127.0.0.1:" + upstream.port());
        assertThat(sent.target() + "/").startsWith("/base/v1/").doesNotContain("..");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host: a\r\nhost: b\r\ncontent-length: 2\r\n",
        "host: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n",
        "host: a\r\ncontent-length: 2\r\ncontent-length: 2\r\n",
        "host: a\r\ncontent-length: 2\r\nauthorization: Bearer other\r\n",
        "content-length: 2\r\n",
        "host: a\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n",
        "host: a\r\ncontent-length: +2\r\n",
        "host: a\r\ncontent-length: -2\r\n",
        "host: a\r\ncontent-length: 0x2\r\n",
        "host: a\r\ncontent-length: 2,2\r\n",
        "host: a\r\ncontent-length: 2 2\r\n",
        "host: a\r\ncontent-length: 99999999999999999999\r\n",
        "host: a\r\ntransfer-encoding: chunked\r\ntransfer-encoding: identity\r\n",
        "host: a\r\ntransfer-encoding: identity\r\n",
        "host: a\r\ntransfer-encoding: chunked, gzip\r\n",
        "host: a\r\ntransfer-encoding: xchunked\r\n",
        "host: a\r\ntransfer-encoding : chunked\r\n",
        "host: a\r\n transfer-encoding: chunked\r\ncontent-length: 2\r\n",
        "host: a\r\ncontent-length: 2\r\nx y: 1\r\n",
        "host: a\r\ncontent-length: 2\r\nno-colon\r\n",
        "host: a\r\ncontent-length: 2\r\n: empty\r\n",
        "host: a\r\ncontent-length: 2\r\nx: a\u0000b\r\n",
        "host: a\r\ncontent-length: 2\r\nx: a\rb\r\n",
        "host: a b\r\ncontent-length: 2\r\n",
        "host: a/b\r\ncontent-length: 2\r\n"
      })
  @DisplayName(
      "P7, F44, F48 a request that could be read in two ways: 400, and the connection ends")
  void ambiguous_requests_are_refused(String fields) throws IOException {
    try (var line = rig.line()) {
      line.say(HEAD + AUTH + fields + "\r\n{}" + smuggled());
      var answer = line.hear();
      assertThat(answer.status()).as(answer.everything()).isEqualTo(400);
      line.untilClosed();
    }
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "2 x\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "2\n{}\n0\n\n",
        "2\r\n{}XX0\r\n\r\n",
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n"
      })
  @DisplayName("P7, F44 chunks that are none: the connection ends, and nothing of it is asked")
  void broken_chunks_end_the_connection(String chunks) throws IOException {
    try (var line = rig.line()) {
      line.say(HEAD + AUTH + "host: a\r\ntransfer-encoding: chunked\r\n\r\n" + chunks + smuggled());
      assertThat(new String(line.rest(), UTF_8)).doesNotContain("HTTP/1.1 2");
    }
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("P7 a folded field is one field, read in one way")
  void folded_fields() throws IOException {
    try (var line = rig.line()) {
      line.say(HEAD + AUTH + "host: a\r\ncontent-length: 2\r\nx: a\r\n b: c\r\n\r\n{}");
      assertThat(line.hear().status()).isIn(200, 400);
    }
    heard.forEach(message -> assertThat(message.field("x")).isEqualTo("a b: c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/1.1 HTTP/1.1",
        "GET  /x HTTP/1.1",
        "GET /x",
        "GET /x HTTP/2.0",
        "GET /x HTTP/1.1x",
        "G\u0000T /x HTTP/1.1",
        " GET /x HTTP/1.1",
        "GET /a b HTTP/1.1"
      })
  @DisplayName("P7 request lines that are none: 4xx or 505, and the connection ends")
  void broken_request_lines(String start) throws IOException {
    try (var line = rig.line()) {
      line.say(start + "\r\nhost: a\r\nconnection: close\r\n" + AUTH + "\r\n");
      assertThat(line.hear().status()).isIn(400, 404, 501, 505);
      line.untilClosed();
    }
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("P4 a head above 64 KiB: 431")
  void a_huge_head() throws IOException {
    try (var line = rig.line()) {
      line.say(HEAD + AUTH + "host: a\r\nx: " + "x".repeat(70 << 10) + "\r\n\r\n");
      assertThat(line.hear().status()).isEqualTo(431);
    }
  }

  @Test
  @DisplayName("P4 more than a hundred fields: 431; a hundred pass")
  void many_fields() throws IOException {
    try (var line = rig.line()) {
      line.say(HEAD + AUTH + "host: a\r\ncontent-length: 0\r\n" + "x: y\r\n".repeat(120) + "\r\n");
      assertThat(line.hear().status()).isEqualTo(431);
    }
    try (var line = rig.line()) {
      line.say(
          HEAD
              + AUTH
              + "host: a\r\ncontent-type: application/json\r\ncontent-length: 2\r\n"
              + "x: y\r\n".repeat(96)
              + "\r\n{}");
      assertThat(line.hear().status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("P4 a request line above its limit: 414")
  void a_huge_request_line() throws IOException {
    try (var line = rig.line()) {
      line.say("GET /api/openai/v1/" + "x".repeat(20 << 10) + " HTTP/1.1\r\nhost: a\r\n\r\n");
      assertThat(line.hear().status()).isEqualTo(414);
    }
  }

  /// Bodies that are no good JSON, and what becomes of them.
  record Oddity(String body, boolean passesOnNative) {
    @Override
    public String toString() {
      return body.length() > 40 ? body.substring(0, 40) + "…" : body;
    }
  }

  static Stream<Oddity> oddities() {
    return Stream.of(
        new Oddity("{\"model\":\"gpt-4o-mini\",", true),
        new Oddity("not json", true),
        new Oddity("", true),
        new Oddity("[1,2]", true),
        new Oddity("{\"model\":\"openai/a\",\"model\":\"openai/b\"}", false),
        new Oddity("[".repeat(100_000) + "]".repeat(100_000), false),
        new Oddity("{\"a\":" + "[".repeat(100_000), false),
        new Oddity("{\"n\":" + "1".repeat(900_000) + ",\"model\":\"openai/a\"}", false),
        new Oddity("{\"model\":\"openai/\\ud800\"}", false));
  }

  @ParameterizedTest
  @MethodSource("oddities")
  @DisplayName("F45, F46, F47 odd JSON goes on as it is or is refused with 400, without an echo")
  void odd_json(Oddity oddity) throws IOException {
    for (var target : List.of(Calls.CHAT, "/v1/chat/completions")) {
      heard.clear();
      try (var line = rig.line()) {
        line.say(Calls.onTheWire("POST", target, oddity.body));
        var answer = line.hear();
        assertThat(answer.status()).isIn(200, 400);
        if (target.equals(Calls.CHAT)) {
          assertThat(answer.status() == 200).isEqualTo(oddity.passesOnNative);
        }
        if (answer.status() == 200) {
          assertThat(heard.getFirst().text())
              .isIn(oddity.body, oddity.body.replace("openai/a", "a"));
        } else {
          assertThat(answer.text()).contains("invalid_request").hasSizeLessThan(600);
          assertThat(heard).isEmpty();
        }
      }
    }
  }

  @Test
  @DisplayName("F47 invalid UTF-8 goes on as the same bytes or is refused")
  void invalid_utf8() throws IOException {
    var body = "{\"model\":\"gpt-4o-mini\",\"x\":\"\u00ff\u00fe\u00c0\u00af\"}"; // as ISO-8859-1
    try (var line = rig.line()) {
      var answer = line.say(Calls.onTheWire("POST", Calls.CHAT, body)).hear();
      assertThat(answer.status()).isIn(200, 400);
    }
    heard.forEach(message -> assertThat(message.body()).isEqualTo(body.getBytes(ISO_8859_1)));
  }

  /// A request that would be heard if a body ended earlier than it says.
  private static String smuggled() {
    return "GET /api/openai/v1/smuggled HTTP/1.1\r\nhost: a\r\n" + AUTH + "\r\n";
  }
}
