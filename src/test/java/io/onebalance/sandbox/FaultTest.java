package io.onebalance.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Pace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Each fault as it is on the wire.
final class FaultTest {
  private static final Stands STANDS = new Stands();
  private static final String RESET = "<reset>";

  @AfterAll
  static void end() {
    STANDS.close();
  }

  /// All bytes of the connection until the server ends it.
  private static String wire(String key, boolean stream) throws IOException {
    var body =
        "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
            .formatted(stream);
    var request =
        """
        POST /v1/chat/completions HTTP/1.1
        host: sandbox
        authorization: Bearer %s
        content-type: application/json
        content-length: %d

        %s\
        """
            .formatted(key, body.length(), body)
            .replace("\n", "\r\n");
    var heard = new ByteArrayOutputStream();
    try (var socket = new Socket("127.0.0.1", STANDS.sandbox.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.getInputStream().transferTo(heard);
      return heard.toString(UTF_8);
    } catch (SocketException reset) {
      return heard.toString(UTF_8) + RESET;
    }
  }

  private static String bodyOf(String wire) {
    return wire.substring(wire.indexOf("\r\n\r\n") + 4);
  }

  @Test
  @DisplayName("F4 FIN after N bytes")
  void cut_by_fin() throws Exception {
    STANDS.script.key("fin", new Fault.Cuts(40, false));
    var wire = wire("fin", false);
    assertThat(wire).startsWith("HTTP/1.1 200 OK").contains("content-length: ");
    assertThat(bodyOf(wire)).hasSize(40).doesNotContain(RESET);
  }

  @Test
  @DisplayName("F4 RST after N bytes")
  void cut_by_rst() throws Exception {
    STANDS.script.key("rst", new Fault.Cuts(40, true));
    assertThat(wire("rst", false)).endsWith(RESET);
  }

  @Test
  @DisplayName("F4 a stream that is cut has no last chunk")
  void cut_stream() throws Exception {
    STANDS.script.key("fin-stream", new Fault.Cuts(40, false));
    assertThat(wire("fin-stream", true)).contains("chunked").doesNotContain("\r\n0\r\n", RESET);
  }

  @Test
  @DisplayName("F1, F3 the connection ends without an answer")
  void hung_up() throws Exception {
    STANDS.script.key("no-answer", new Fault.HangsUp(false));
    STANDS.script.key("no-answer-rst", new Fault.HangsUp(true));
    assertThat(wire("no-answer", false)).isEmpty();
    assertThat(wire("no-answer-rst", false)).isEqualTo(RESET);
  }

  @Test
  @DisplayName("F8 garbage bytes")
  void garbage() throws Exception {
    STANDS.script.key("noise", new Fault.Garbage("\u0001\u0002 no HTTP".getBytes(UTF_8)));
    assertThat(wire("noise", false)).isEqualTo("\u0001\u0002 no HTTP");
  }

  @Test
  @DisplayName("F13 content-length too long and too short")
  void wrong_length() throws Exception {
    STANDS.script.key("long", new Fault.WrongLength(7)).key("short", new Fault.WrongLength(-7));
    assertThat(promised(wire("long", false))).isEqualTo(7);
    assertThat(promised(wire("short", false))).isEqualTo(-7);
  }

  /// By how much the content-length exceeds the body.
  private static int promised(String wire) {
    var length = wire.replaceFirst("(?s).*content-length: (\\d+).*", "$1");
    return Integer.parseInt(length) - bodyOf(wire).getBytes(UTF_8).length;
  }

  @Test
  @DisplayName("F9 an error document with status 200")
  void error_in_200() throws Exception {
    STANDS.script.key("f9", new Fault.RefusesWith200(Plain.OVERLOADED));
    var answer = STANDS.ask(STANDS.chat("f9", "m", false));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("server_is_overloaded");
  }

  @Test
  @DisplayName("F10 nothing in a 200")
  void empty() throws Exception {
    STANDS.script.key("f10", new Fault.Empty());
    assertThat(STANDS.ask(STANDS.chat("f10", "m", true)).body()).isEqualTo("data: [DONE]\n\n");
  }

  @Test
  @DisplayName("F11 an error as the first event, or as a later one")
  void error_event() throws Exception {
    STANDS.script.key("f11", new Fault.FailsAfter(0, Plain.OVERLOADED));
    STANDS.script.key("f11-late", new Fault.FailsAfter(2, Plain.OVERLOADED));
    var first = STANDS.ask(STANDS.chat("f11", "m", true));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).startsWith("data: {\"error\":").doesNotContain("[DONE]");
    var later = STANDS.ask(STANDS.chat("f11-late", "m", true)).body();
    assertThat(later.split("\n\n", -1)[2]).startsWith("data: {\"error\":");
  }

  @Test
  @DisplayName("F17 a redirect")
  void redirect() throws Exception {
    STANDS.script.key("f17", Fault.redirects(307, "http://elsewhere.invalid/"));
    var answer = STANDS.ask(STANDS.chat("f17", "m", false));
    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("location")).hasValue("http://elsewhere.invalid/");
  }

  @Test
  void any_status_fields_and_body_can_be_said() throws Exception {
    STANDS.script.key("says", new Fault.Says(418, Map.of("x-tea", "yes"), "pot".getBytes(UTF_8)));
    var answer = STANDS.ask(STANDS.chat("says", "m", false));
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.headers().firstValue("x-tea")).hasValue("yes");
    assertThat(answer.body()).isEqualTo("pot");
  }

  @Test
  @DisplayName("F5 nothing before the gate opens")
  void hangs_until_the_gate_opens() throws Exception {
    var gate = new Gate();
    STANDS.script.key("f5", new Fault.Hangs(gate));
    var asked = STANDS.sandbox.seen().nth(STANDS.sandbox.seen().count() + 1);
    var answer = STANDS.client().sendAsync(STANDS.chat("f5", "m", false), BodyHandlers.ofString());
    asked.get(20, TimeUnit.SECONDS);
    assertThat(answer).isNotDone();
    gate.open();
    assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("F6 silence in mid-stream until the gate opens")
  void stalls_until_the_gate_opens() throws Exception {
    var gate = new Gate();
    STANDS.script.key("f6", new Fault.Stalls(30, gate));
    var answer =
        STANDS
            .client()
            .sendAsync(STANDS.chat("f6", "m", true), BodyHandlers.ofInputStream())
            .get(20, TimeUnit.SECONDS);
    try (var body = answer.body()) {
      assertThat(body.readNBytes(30)).hasSize(30);
      assertThat(body.available()).isZero();
      gate.open();
      assertThat(new String(body.readAllBytes(), UTF_8)).endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  @DisplayName("F7 late and dripping answers are whole")
  void late_and_dripping() throws Exception {
    STANDS.script.key("late", new Fault.Late(Duration.ofMillis(5)));
    STANDS.script.key("drip", new Fault.Drips(100, Duration.ofMillis(1)));
    for (var key : new String[] {"late", "drip"}) {
      assertThat(STANDS.ask(STANDS.chat(key, "m", true)).body()).endsWith("data: [DONE]\n\n");
      assertThat(STANDS.ask(STANDS.chat(key, "m", false)).body()).endsWith("}");
    }
  }

  @Test
  void a_stream_can_be_cut_in_any_bytes_and_is_still_the_same() throws Exception {
    var whole = bodyWithoutIds(STANDS.ask(STANDS.chat("any", "m", true)).body());
    STANDS.script.pace(Pace.QUICK.inChunksOf(1));
    var cut = bodyWithoutIds(STANDS.ask(STANDS.chat("any", "m", true)).body());
    STANDS.script.pace(Pace.QUICK);
    assertThat(cut).isEqualTo(whole);
  }

  private static String bodyWithoutIds(String body) {
    return body.replaceAll("chatcmpl-sandbox\\d+", "id");
  }
}
