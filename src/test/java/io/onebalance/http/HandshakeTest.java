package io.onebalance.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final Map<String, String> REQUEST =
      Map.of(
          "upgrade", "websocket",
          "connection", "keep-alive, Upgrade",
          "sec-websocket-version", "13",
          "sec-websocket-key", KEY);

  private static final Map<String, String> ANSWER =
      Map.of(
          "upgrade", "WebSocket",
          "connection", "upgrade",
          "sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

  /// The fields, with one of them as given; an empty value takes it away.
  private static Fields with(Map<String, String> fields, String name, String value) {
    var all = new HashMap<>(fields);
    if (value.isEmpty()) {
      all.remove(name);
    } else {
      all.put(name, value);
    }
    return all::get;
  }

  @Test
  void the_answer_to_the_example_of_the_specification() {
    assertThat(Handshake.accept(KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, upgrade, websocket, true",
    "GET, upgrade, 'h2c, WebSocket', true",
    "GET, upgrade, h2c, false",
    "GET, upgrade, '', false",
    "GET, connection, keep-alive, false",
    "POST, upgrade, websocket, false"
  })
  void what_asks_for_a_websocket(String method, String name, String value, boolean asks) {
    assertThat(Handshake.isAsked(method, with(REQUEST, name, value))).isEqualTo(asks);
  }

  @ParameterizedTest
  @CsvSource({
    "sec-websocket-version, 13, ''",
    "sec-websocket-version, 8, Sec-WebSocket-Version is not 13.",
    "sec-websocket-version, '', Sec-WebSocket-Version is not 13.",
    "sec-websocket-key, short, 'Sec-WebSocket-Key is missing, or no key.'",
    "sec-websocket-key, '', 'Sec-WebSocket-Key is missing, or no key.'",
    "content-length, 0, ''",
    "content-length, 1, A request for a WebSocket has no body.",
    "transfer-encoding, chunked, A request for a WebSocket has no body."
  })
  void what_is_wrong_with_a_request(String name, String value, String why) {
    assertThat(Handshake.objection(with(REQUEST, name, value)).orElse("")).isEqualTo(why);
  }

  @ParameterizedTest
  @DisplayName("F18 only what answers our key, without an extension, accepts")
  @CsvSource({
    "upgrade, websocket, true",
    "upgrade, h2c, false",
    "connection, close, false",
    "sec-websocket-accept, x, false",
    "sec-websocket-accept, '', false",
    "sec-websocket-extensions, permessage-deflate, false"
  })
  void what_accepts(String name, String value, boolean accepts) {
    assertThat(Handshake.isAccepted(KEY, with(ANSWER, name, value))).isEqualTo(accepts);
    assertThat(Handshake.isAccepted(null, with(ANSWER, name, value))).isFalse();
  }
}
