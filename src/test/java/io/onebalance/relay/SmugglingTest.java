package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Requests whose end two readers could see at two places, with another request behind each. Before
/// the relay is a bare socket, behind it a recorder of bytes.
class SmugglingTest {
  private static final String AUTH = "authorization: Bearer " + Rig.AUTH + "\r\n";
  private static final String HEAD =
      "POST " + Calls.CHAT + " HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n" + AUTH;
  private static final String SMUGGLED =
      "GET /api/openai/v1/smuggled HTTP/1.1\r\nhost: a\r\nconnection: close\r\n" + AUTH + "\r\n";
  private static final String LENGTH = "content-length: 2\r\n";
  private static final String CHUNKED = "transfer-encoding: chunked\r\n";
  private static final String CHUNKS = "2\r\n{}\r\n0\r\n\r\n";

  /// Ways to write the length of a body.
  private static final List<String> LENGTHS =
      List.of(LENGTH, "Content-Length:2\r\n", "content-length: 0\r\n", "content-length: 12\r\n");

  /// Ways to write that a body is chunked, all of which some server takes for that.
  private static final List<String> ENCODINGS =
      List.of(
          CHUNKED,
          "Transfer-Encoding:Chunked\r\n",
          "transfer-encoding:\tchunked\r\n",
          "transfer-encoding: chunked \t\r\n",
          "transfer-encoding : chunked\r\n",
          "transfer-encoding\t: chunked\r\n",
          "transfer-encoding: xchunked\r\n",
          "transfer-encoding: chunk\r\n",
          "transfer-encoding: \"chunked\"\r\n",
          "transfer-encoding: chunked;q=1\r\n",
          "transfer-encoding: chunked, identity\r\n",
          "transfer-encoding: identity, chunked\r\n",
          "transfer-encoding: chunked, chunked\r\n",
          "transfer-encoding: gzip, chunked\r\n",
          "transfer-encoding: chunked, gzip\r\n",
          "transfer-encoding: identity\r\n",
          "transfer-encoding:\u000bchunked\r\n",
          "transfer-encoding: \u0000chunked\r\n",
          "transfer-encoding\u0000: chunked\r\n",
          "x: y\rtransfer-encoding: chunked\r\n",
          "x: y\ntransfer-encoding: chunked\r\n",
          "x: y\r\n\ttransfer-encoding : chunked\r\ntransfer-encoding: chunked\r\n",
          "transfer-encoding:\r\n chunked\r\n");

  /// What stands for a length, and is none.
  private static final List<String> NO_LENGTHS =
      List.of(
          "+2",
          "-2",
          "0x2",
          "0b10",
          "2,2",
          "2, 2",
          "2,3",
          "2 2",
          "2;",
          "2.0",
          "2e0",
          "1_0",
          "two",
          "\"2\"",
          "99999999999999999999",
          "2\u0000",
          "\u000b2",
          "2\r3",
          "2\r\n 3");

  /// Fields whose names are none.
  private static final List<String> NO_NAMES =
      List.of(
          "content-length : 2\r\n",
          "content-length\t: 2\r\n",
          "content-length\u0000: 2\r\n",
          "content length: 2\r\n" + LENGTH,
          "\u000bcontent-length: 9\r\n" + LENGTH,
          "no-colon\r\n" + LENGTH,
          ": nameless\r\n" + LENGTH,
          "x: a\u0000b\r\n" + LENGTH,
          "x: a\rb\r\n" + LENGTH);

  private static final List<String> NO_CHUNKS =
      List.of(
          "zz\r\n{}\r\n0\r\n\r\n",
          "-2\r\n{}\r\n0\r\n\r\n",
          "+2\r\n{}\r\n0\r\n\r\n",
          "0x2\r\n{}\r\n0\r\n\r\n",
          "2 x\r\n{}\r\n0\r\n\r\n",
          "2\n{}\n0\n\n",
          "2\r\n{}XX0\r\n\r\n",
          "1\r\n{}\r\n0\r\n\r\n",
          "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
          "\r\n{}\r\n0\r\n\r\n");

  /// Odd, and yet there is only one way to read it.
  private static final List<String> READABLE =
      List.of(
          LENGTH + "\r\n{}",
          "content-length:2\r\n\r\n{}",
          "content-length:\t2 \r\n\r\n{}",
          "CONTENT-LENGTH: 2\r\n\r\n{}",
          LENGTH + "transfer_encoding: chunked\r\n\r\n{}",
          LENGTH + "x-transfer-encoding: chunked\r\n\r\n{}",
          CHUNKED + "\r\n" + CHUNKS,
          "Transfer-Encoding: Chunked\r\n\r\n" + CHUNKS,
          CHUNKED + "\r\n02\r\n{}\r\n0\r\n\r\n",
          CHUNKED + "\r\n2\r\n{}\r\n000\r\n\r\n",
          CHUNKED + "\r\n2;a=b\r\n{}\r\n0;c\r\n\r\n",
          CHUNKED + "\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
          CHUNKED + "\r\n2\r\n{}\r\n0\r\nx: y\r\n\r\n",
          CHUNKED + "\r\n2\r\n{}\r\n0\r\ncontent-length: 90\r\n\r\n",
          CHUNKED + "\r\n2\r\n{}\r\n0\r\ntransfer-encoding: identity\r\n\r\n");

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final BlockingQueue<byte[]> strays = new LinkedBlockingQueue<>();
  private final BareServer upstream =
      new BareServer(line -> {
        heard.add(line.hear());
        line.say(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n"
                + "content-length: 2\r\n\r\n{}");
        strays.add(line.rest());
      });

  SmugglingTest() {
    rig.keys("openai", "key-a-000000000000000000000");
    rig.at("openai", upstream.url() + "/base/v1");
  }

  @AfterEach
  void close() {
    upstream.close();
    rig.close();
  }

  /// What has to be refused, as it follows the first fields.
  private static List<String> ambiguous() {
    var found = new ArrayList<String>();
    for (var encoding : ENCODINGS) {
      for (var length : LENGTHS) {
        found.add(length + encoding + "\r\n" + CHUNKS);
        found.add(encoding + length + "\r\n" + CHUNKS);
      }
      found.add(CHUNKED + encoding + "\r\n" + CHUNKS);
    }
    for (var first : LENGTHS) {
      LENGTHS.forEach(second -> found.add(first + second + "\r\n{}"));
    }
    NO_LENGTHS.forEach(length -> found.add("content-length: " + length + "\r\n\r\n{}"));
    NO_NAMES.forEach(fields -> found.add(fields + "\r\n{}"));
    NO_CHUNKS.forEach(chunks -> found.add(CHUNKED + "\r\n" + chunks));
    return found;
  }

  @Test
  @DisplayName("P7, F44, F48 what could be read in two ways: 400, and the connection ends")
  void the_ambiguous_is_refused() throws Exception {
    assertThat(ambiguous()).hasSizeGreaterThan(200);
    for (var request : ambiguous()) {
      assertThat(said(request))
          .as(shown(request))
          .startsWith("HTTP/1.1 400 ")
          .doesNotContain("200");
      assertThat(heard).as(shown(request)).isEmpty();
    }
  }

  @Test
  @DisplayName("P7 what is only odd goes on with one framing, and what follows it is a request")
  void the_odd_goes_on_with_one_framing() throws Exception {
    for (var request : READABLE) {
      heard.clear();
      assertThat(said(request)).as(shown(request)).startsWith("HTTP/1.1 200 ");
      assertThat(heard).as(shown(request)).hasSize(2);
      assertThat(heard.getFirst().text()).as(shown(request)).isEqualTo("{}");
      assertThat(framing(heard.getFirst())).as(shown(request)).hasSize(1);
      assertThat(heard.getLast().target()).isEqualTo("/base/v1/smuggled");
      assertNothingStrays(2);
    }
  }

  @Test
  @DisplayName("P7 an encoding alone that is not plainly `chunked`: 400, or the body it means")
  void encodings_alone() throws Exception {
    for (var encoding : ENCODINGS) {
      heard.clear();
      var answer = said(encoding + "\r\n" + CHUNKS);
      assertThat(answer).as(shown(encoding)).containsPattern("^HTTP/1.1 (200|400) ");
      assertThat(heard).as(shown(encoding)).hasSize(answer.startsWith("HTTP/1.1 200") ? 2 : 0);
      if (!heard.isEmpty()) {
        assertThat(heard.getFirst().text()).as(shown(encoding)).isEqualTo("{}");
        assertThat(framing(heard.getFirst())).as(shown(encoding)).hasSize(1);
        assertNothingStrays(2);
      }
    }
  }

  /// All that is answered to a request, and to the one that is hidden behind it.
  private String said(String request) throws IOException {
    try (var line = rig.line()) {
      line.say(HEAD + request + SMUGGLED);
      return new String(line.rest(), ISO_8859_1);
    }
  }

  private void assertNothingStrays(int connections) throws InterruptedException {
    for (var i = 0; i < connections; i++) {
      assertThat(strays.poll(30, TimeUnit.SECONDS)).isEmpty();
    }
  }

  private static List<String> framing(Message message) {
    return Stream.of("content-length", "transfer-encoding")
        .flatMap(name ->
            message.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(field -> name))
        .toList();
  }

  private static String shown(String request) {
    return request.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
