package io.onebalance.relay.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.ErrorShape;
import io.onebalance.sse.Events;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each refusal in each shape, read by the rules of that shape.
class RefusalTextTest {
  private static final String TRICKY = "no \"quoted\" \\ model\n\u0000 </script> ü 🎉";

  static Stream<Refusal> refusals() {
    return Stream.of(
        Refusal.unauthorized(TRICKY),
        Refusal.forbidden(TRICKY),
        Refusal.invalid(TRICKY),
        Refusal.unknownProvider(TRICKY),
        Refusal.unserved(405, TRICKY),
        Refusal.tooLarge(1024),
        Refusal.noKeys("openai", TRICKY),
        Refusal.cooling("openai", Duration.ofSeconds(3)),
        Refusal.failed(TRICKY),
        Refusal.timeout(TRICKY),
        Refusal.broken("id"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void openai_shape(Refusal refusal) {
    var error = of(refusal, ErrorShape.OPENAI).getJsonObject("error");
    assertThat(error.getString("message")).isEqualTo(refusal.message());
    assertThat(error.getString("code")).isEqualTo(refusal.code());
    assertThat(error.fieldNames()).containsExactly("message", "type", "param", "code");
    assertThat(error.getString("type"))
        .isEqualTo(
            switch (refusal.status()) {
              case 429 -> "rate_limit_error";
              case 500, 502, 503, 504 -> "server_error";
              default -> "invalid_request_error";
            });
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void anthropic_shape(Refusal refusal) {
    var document = of(refusal, ErrorShape.ANTHROPIC);
    assertThat(document.getString("type")).isEqualTo("error");
    assertThat(document.getString("request_id")).isEqualTo("req-1");
    var error = document.getJsonObject("error");
    assertThat(error.getString("message")).isEqualTo(refusal.message());
    assertThat(error.getString("type"))
        .isIn(
            "invalid_request_error",
            "authentication_error",
            "permission_error",
            "not_found_error",
            "request_too_large",
            "rate_limit_error",
            "overloaded_error",
            "timeout_error",
            "api_error");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void google_shape(Refusal refusal) {
    var error = of(refusal, ErrorShape.GOOGLE).getJsonObject("error");
    assertThat(error.getInteger("code")).isEqualTo(refusal.status());
    assertThat(error.getString("message")).isEqualTo(refusal.message());
    assertThat(error.getString("status")).matches("[A-Z_]+");
    var info = error.getJsonArray("details").getJsonObject(0);
    assertThat(info.getString("@type")).isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
    assertThat(info.getString("reason")).isEqualTo(refusal.code());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void google_shape_in_an_array(Refusal refusal) {
    var written = RefusalText.of(refusal, ErrorShape.GOOGLE_ARRAY, "req-1");
    assertThat(new JsonArray(written)).containsExactly(of(refusal, ErrorShape.GOOGLE));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void as_the_last_event_of_a_stream_that_was_cut_in_an_event(Refusal refusal) {
    for (var shape : ErrorShape.values()) {
      var events = new Events(1 << 16);
      var cut = events.feed("data: {\"half".getBytes(UTF_8));
      assertThat(cut).isEmpty();
      var found = events.feed(RefusalText.event(refusal, shape, "req-1").getBytes(UTF_8));
      assertThat(found).hasSize(2);
      var alone = shape == ErrorShape.GOOGLE_ARRAY ? ErrorShape.GOOGLE : shape;
      assertThat(new JsonObject(found.getLast().text())).isEqualTo(of(refusal, alone));
      assertThat(found.getLast().type()).isEqualTo(shape == ErrorShape.ANTHROPIC ? "error" : "");
      assertThat(List.copyOf(found).getFirst().text()).isEqualTo("{\"half");
    }
  }

  private static JsonObject of(Refusal refusal, ErrorShape shape) {
    return new JsonObject(RefusalText.of(refusal, shape, "req-1"));
  }
}
