package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What passes through stays what it was, byte for byte, both ways.
class FidelityTest {
  private static final String KEY = "key-a-000000000000000000000";
  private static final int[] SIZES = {1, 100, 8191, 8192, 8193, 60_000, 300_000, 3 << 20};

  private final Rig rig = new Rig();
  private final List<BareServer> servers = new ArrayList<>();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final Random random = new Random(13);

  @BeforeEach
  void provide() {
    rig.keys("openai", KEY);
  }

  @AfterEach
  void close() {
    servers.forEach(BareServer::close);
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/octet-stream", "application/json", "audio/mpeg"})
  @DisplayName("P13, D15 bodies of any size and chunking are the same bytes on both sides")
  void bodies_pass_as_they_are(String type) throws IOException {
    upstream(line -> echo(line, type));
    try (var line = rig.line()) {
      for (var size : SIZES) {
        var body = new byte[size];
        random.nextBytes(body);
        body[0] = 'x'; // for not to be a blank, which is no answer
        send(line, body);
        var answer = line.hear();
        assertThat(answer.status()).as(answer.everything()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        assertThat(heard.getLast().body()).isEqualTo(body);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.field("content-type")).isEqualTo(type);
      }
    }
  }

  @Test
  @DisplayName("D8 an empty answer to what makes something is an answer; it is not asked twice")
  void empty_answers() throws IOException {
    var server =
        upstream(line -> {
          while (true) {
            heard.add(line.hear());
            line.say(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 0\r\n\r\n");
          }
        });
    var answer = ask(Calls.onTheWire("DELETE", "/api/openai/v1/files/x", ""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(heard).hasSize(1);
    assertThat(server.met()).isEqualTo(1);
  }

  @Test
  @DisplayName("P13 a stream may be cut anywhere, also inside a character")
  void streams_cut_inside_characters() throws IOException {
    var events =
        ("data: {\"choices\":[{\"delta\":{\"content\":\"Grüße, 世界 🎉\"}}]}\r\n\r\n"
                + ": comment\n\ndata: [DONE]\n\n")
            .getBytes(StandardCharsets.UTF_8);
    upstream(line -> {
      while (true) {
        line.hear();
        line.say(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                + "transfer-encoding: chunked\r\n\r\n");
        for (var each : events) {
          line.say("1\r\n").say(new byte[] {each}).say("\r\n");
        }
        line.say("0\r\n\r\n");
      }
    });
    var answer = ask(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM));
    assertThat(answer.body()).isEqualTo(events);
    assertThat(answer.whole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?alt=sse&a=%20+%2B&b=%C3%BC&a=2&&=&%61=x",
        "?q=a%2Fb%3Fc%26d%23&$filter=x%20eq%20'y'",
        "?",
        "?x=1;y=2&z=%E4%B8%96",
        "?api-version=2024-10-01"
      })
  @DisplayName("D15 the query goes on byte for byte")
  void the_query_stays(String query) throws IOException {
    upstream(line -> echo(line, "application/json"));
    ask(Calls.onTheWire("POST", Calls.CHAT + query, Calls.HELLO));
    var expected = query.equals("?") ? "" : query; // nothing is lost with an empty one
    assertThat(heard.getFirst().target()).isEqualTo("/v1/chat/completions" + expected);
  }

  @Test
  @DisplayName("D15 the path goes on as written, escapes and all")
  void the_path_stays() throws IOException {
    upstream(line -> echo(line, "application/json"));
    var path = "/v1/files/file-%C3%BC%20x,y;z=1:@!$&'()*+/content";
    ask(Calls.onTheWire("GET", "/api/openai" + path, ""));
    assertThat(heard.getFirst().target()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS"})
  @DisplayName("D16 every method goes through")
  void methods_go_through(String method) throws IOException {
    upstream(line -> echo(line, "application/json"));
    var answer = ask(Calls.onTheWire(method, "/api/openai/v1/files/x", "{\"a\":1}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(heard.getFirst().start()).isEqualTo(method + " /v1/files/x HTTP/1.1");
    assertThat(heard.getFirst().text()).isEqualTo("{\"a\":1}");
  }

  @Test
  @DisplayName("HEAD: no body, the length as told, and the connection serves on")
  void head_requests() throws IOException {
    upstream(line -> {
      while (true) {
        line.hear();
        line.say("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\n");
      }
    });
    try (var line = rig.line()) {
      for (var i = 0; i < 2; i++) {
        line.say(Calls.onTheWire("HEAD", "/api/openai/v1/files/x/content", ""));
        var head = line.head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.field("content-length")).isEqualTo("5");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  @DisplayName("204 and 304 have no body and no framing of one")
  void answers_without_a_body(int status) throws IOException {
    upstream(line -> {
      while (true) {
        line.hear();
        line.say("HTTP/1.1 " + status + " X\r\netag: \"1\"\r\n\r\n");
      }
    });
    try (var line = rig.line()) {
      for (var i = 0; i < 2; i++) {
        line.say(Calls.onTheWire("GET", "/api/openai/v1/files/x/content", ""));
        var answer = line.hear();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.field("transfer-encoding")).isEmpty();
        assertThat(answer.field("etag")).isEqualTo("\"1\"");
      }
    }
  }

  @Test
  @DisplayName("trailers of an answer are dropped, the body is whole")
  void trailers_of_an_answer() throws IOException {
    upstream(line -> {
      while (true) {
        line.hear();
        line.say(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntrailer: x-check\r\n"
                + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nx-check: "
                + KEY
                + "\r\n\r\n");
      }
    });
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      var answer = line.hear();
      assertThat(answer.text()).isEqualTo("{}");
      assertThat(answer.everything()).doesNotContain("x-check");
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO));
      assertThat(line.hear().text()).isEqualTo("{}");
    }
  }

  @Test
  @DisplayName("trailers of a request are dropped: they cannot become fields")
  void trailers_of_a_request() throws IOException {
    upstream(line -> echo(line, "application/json"));
    var answer =
        ask(
            head("POST", Calls.CHAT)
                + "transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nauthorization: Bearer x\r\n"
                + "openai-organization: y\r\n\r\n");
    assertThat(answer.status()).isIn(200, 400);
    heard.forEach(message ->
        assertThat(message.everything()).doesNotContain("Bearer x").doesNotContain("organization"));
  }

  @Test
  @DisplayName("multipart goes on as it is")
  void multipart() throws IOException {
    upstream(line -> echo(line, "application/json"));
    var body =
        "--b\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b\r\n"
            + "content-disposition: form-data; name=\"file\"; filename=\"ü.mp3\"\r\n\r\n\0\1\2ÿ\r\n"
            + "--b--\r\n";
    var answer =
        ask(
            head("POST", "/api/openai/v1/audio/transcriptions")
                + "content-type: multipart/form-data; boundary=b\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(heard.getFirst().body()).isEqualTo(body.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(heard.getFirst().field("content-type")).isEqualTo("multipart/form-data; boundary=b");
  }

  @Test
  @DisplayName("F51 a gzipped body is not unpacked: it passes where it need not be read")
  void a_gzipped_body() throws IOException {
    upstream(line -> echo(line, "application/json"));
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(Calls.HELLO.getBytes(StandardCharsets.UTF_8));
    }
    try (var line = rig.line()) {
      line.say(
          head("POST", Calls.CHAT)
              + "content-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: "
              + packed.size()
              + "\r\n\r\n");
      line.say(packed.toByteArray());
      assertThat(line.hear().status()).isEqualTo(200);
    }
    assertThat(heard.getFirst().body()).isEqualTo(packed.toByteArray());
    assertThat(heard.getFirst().field("content-encoding")).isEqualTo("gzip");
  }

  @Test
  @DisplayName("answers are not unpacked either, and are asked for unpacked")
  void a_packed_answer() throws IOException {
    rig.script.play(
        Match.ALL,
        new Fault.Says(
            200,
            Map.of("content-type", "application/octet-stream", "content-encoding", "br"),
            new byte[] {1, 2, 3}));
    var answer = ask(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO, "accept-encoding: gzip, br"));
    assertThat(answer.body()).containsExactly(1, 2, 3);
    assertThat(answer.field("content-encoding")).isEqualTo("br");
    assertThat(rig.sandbox.seen().last().heard().all("accept-encoding"))
        .containsExactly("identity");
  }

  @Test
  @DisplayName("F42 a hundred pipelined requests are answered in order")
  void pipelined_requests() throws IOException {
    upstream(line -> echo(line, "application/json"));
    try (var line = rig.line()) {
      for (var i = 0; i < 100; i++) {
        line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.HELLO + " ".repeat(i)));
      }
      for (var i = 0; i < 100; i++) {
        assertThat(line.hear().body()).hasSize(Calls.HELLO.length() + i);
      }
    }
  }

  /// Sends a body in chunks of random sizes, or under its length.
  private void send(Line line, byte[] body) throws IOException {
    var head = head("POST", "/api/openai/v1/files") + "content-type: application/octet-stream\r\n";
    if (random.nextBoolean()) {
      line.say(head + "content-length: " + body.length + "\r\n\r\n");
      line.say(body);
    } else {
      line.say(head + "transfer-encoding: chunked\r\n\r\n");
      chunks(line, body);
    }
  }

  private void chunks(Line line, byte[] body) throws IOException {
    var at = 0;
    while (at < body.length) {
      var size = Math.min(body.length - at, 1 + random.nextInt(20_000));
      line.say(Integer.toHexString(size) + "\r\n");
      line.say(Arrays.copyOfRange(body, at, at + size)).say("\r\n");
      at += size;
    }
    line.say("0\r\n\r\n");
  }

  private void echo(Line line, String type) throws IOException {
    while (true) {
      var message = line.hear();
      heard.add(message);
      var head = "HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\n";
      if (random.nextBoolean()) {
        line.say(head + "content-length: " + message.body().length + "\r\n\r\n");
        line.say(message.body());
      } else {
        line.say(head + "transfer-encoding: chunked\r\n\r\n");
        chunks(line, message.body());
      }
    }
  }

  private static String head(String method, String target) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nhost: gateway.test\r\nauthorization: Bearer "
        + Rig.AUTH
        + "\r\n";
  }

  private BareServer upstream(BareServer.Manners manners) {
    var server = new BareServer(manners);
    servers.add(server);
    rig.at("openai", server.url() + "/v1");
    return server;
  }

  private Message ask(String request) throws IOException {
    try (var line = rig.line()) {
      return line.say(request).hear();
    }
  }
}
