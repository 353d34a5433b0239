package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.types.GenerateContentResponse;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.Line;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A Gemini client that streams without `alt=sse` reads one JSON array, in pieces.
class JsonArrayStreamTest {
  private static final String KEY = "some-key-0000000000000000000";
  private final Rig rig = new Rig();

  static List<String> translated() {
    return List.of("openai/gpt-4o-mini", "anthropic/claude-haiku-4-5");
  }

  static List<String> all() {
    return List.of(
        "openai/gpt-4o-mini", "anthropic/claude-haiku-4-5", "google-ai-studio/gemini-2.5-flash");
  }

  JsonArrayStreamTest() {
    all().forEach(model -> rig.keys(model.substring(0, model.indexOf('/')), KEY));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String path(String model) {
    return "/v1beta/models/" + model + ":streamGenerateContent";
  }

  private String heard(String model) throws IOException {
    try (var line = ask(model)) {
      return new String(line.rest(), UTF_8);
    }
  }

  private Line ask(String model) throws IOException {
    var line = rig.line();
    line.say(Calls.onTheWire("POST", path(model), Calls.CONTENTS, "connection: close"));
    return line;
  }

  @ParameterizedTest
  @MethodSource("all")
  void all_of_it_is_an_array_that_googles_own_types_read(String model) {
    var answer = rig.post(path(model), Calls.CONTENTS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    var pieces =
        new JsonArray(answer.body())
            .stream().map(Object::toString).map(GenerateContentResponse::fromJson).toList();
    assertThat(pieces).hasSizeGreaterThan(2);
    assertThat(pieces.stream().map(GenerateContentResponse::text).collect(joining()))
        .startsWith("You said: hello\nOnce upon a time");
    assertThat(pieces.getLast().finishReason()).hasToString("STOP");
  }

  @ParameterizedTest
  @MethodSource("translated")
  void each_piece_leaves_when_it_is_there(String model) throws IOException {
    var told = heard(model);
    assertThat(told)
        .contains("\r\n[{\"candidates\"", "\r\n,\r\n{\"candidates\"", "}\r\n]\r\n0\r\n");
  }

  @ParameterizedTest
  @MethodSource("translated")
  @DisplayName("F4 an answer that is cut off leaves its array open, behind Google's error")
  void a_cut(String model) throws IOException {
    rig.script.play(Match.ALL, new Fault.Cuts(900, false));
    assertThat(heard(model))
        .contains("HTTP/1.1 200", "\r\n[{\"candidates\"", ",\r\n{\"error\":{\"code\":", "cut off")
        .doesNotContain("\r\n]")
        .doesNotEndWith("0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("translated")
  @DisplayName("F11 a failure that the provider tells in mid-stream ends the array, unclosed")
  void a_failure_in_mid_stream(String model) throws IOException {
    rig.script.play(Match.ALL, new Fault.FailsAfter(3, Complaint.Plain.OVERLOADED));
    assertThat(heard(model))
        .contains("{\"error\":{\"code\":503", "\"status\":\"UNAVAILABLE\"")
        .doesNotContain("\r\n]")
        .doesNotEndWith("0\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("translated")
  @DisplayName("F23 a refusal is the one element of the array, as Google's own are")
  void a_refusal(String model) {
    rig.script.play(Match.ALL, Fault.refuses(new Complaint.BadRequest("the wish is too wild")));
    var answer = rig.post(path(model), Calls.CONTENTS);
    assertThat(answer.statusCode()).isEqualTo(400);
    var error = new JsonArray(answer.body()).getJsonObject(0).getJsonObject("error");
    assertThat(error.getString("status")).isEqualTo("INVALID_ARGUMENT");
    assertThat(error.getString("message")).contains("the wish is too wild");
  }

  @Test
  void a_model_that_nobody_has_is_told_in_an_array_too() {
    var answer = rig.post(path("nobody/nothing"), Calls.CONTENTS);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonArray(answer.body()).getJsonObject(0).getMap()).containsKey("error");
  }
}
