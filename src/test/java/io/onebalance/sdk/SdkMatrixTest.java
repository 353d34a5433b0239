package io.onebalance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.Running;
import io.onebalance.sandbox.Fault;
import io.onebalance.sandbox.Match;
import io.onebalance.sdk.Sdk.Door;
import io.onebalance.sdk.Sdk.Kind;
import io.onebalance.sdk.Wire.Told;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every official client against every family of providers, through the whole program.
final class SdkMatrixTest {
  private static final String ECHO = "You said: hello\nOnce upon a time";
  private static final List<String> MODELS =
      List.of(
          "openai/gpt-4o-mini",
          "groq/llama-3.3-70b-versatile",
          "google-ai-studio/gemini-2.5-flash",
          "anthropic/claude-haiku-4-5");

  static Stream<Arguments> pairs() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> MODELS.stream().map(model -> Arguments.of(kind, model)));
  }

  private static Running house(Path dir) {
    var house = Running.in(dir);
    for (var model : MODELS) {
      var provider = model.substring(0, model.indexOf('/'));
      house.keys(provider, provider + "-key");
    }
    return house;
  }

  private static Sdk sdk(Kind kind, Running house) {
    return kind.at(new Door(house.url(), Running.AUTH));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void it_chats_and_streams(Kind kind, String model, @TempDir Path dir) {
    try (var house = house(dir)) {
      assertThat(sdk(kind, house).chat(model)).startsWith(ECHO);
      assertThat(sdk(kind, house).stream(model)).startsWith(ECHO);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_call_and_its_result_reach_the_provider_in_its_own_shape(
      Kind kind, String model, @TempDir Path dir) {
    try (var house = house(dir)) {
      for (var streamed : List.of(false, true)) {
        Wire.play(house.script, "one-tool", streamed);
        assertThat(sdk(kind, house).useTool(model, streamed)).isEqualTo("Lisbon");
        var told = Told.by(house.sandbox.seen().last());
        assertThat(told.callName()).as(told.toString()).isEqualTo("weather");
        assertThat(told.arguments()).isEqualTo(new JsonObject().put("city", "Lisbon"));
        assertThat(told.ties().getFirst()).isEqualTo(told.ties().getLast()).isNotEqualTo("null");
        assertThat(told.result()).contains(Sdk.RESULT);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_schema_reaches_the_provider_in_its_own_words(Kind kind, String model, @TempDir Path dir) {
    try (var house = house(dir)) {
      Wire.play(house.script, "answer-by-schema", false);
      var person = sdk(kind, house).invent(model);
      assertThat(person.name).isEqualTo("Ada");
      assertThat(person.age).isEqualTo(36);
      var told = Told.by(house.sandbox.seen().last());
      assertThat(told.schema().getJsonObject("properties", new JsonObject()).fieldNames())
          .as(told.toString())
          .containsExactlyInAnyOrder("name", "age");
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisplayName("F22 F23 F24 each trouble is the exception that the client has for it")
  void each_trouble_is_the_exception_that_the_client_has_for_it(
      Kind kind, String model, @TempDir Path dir) {
    for (var trouble : Trouble.values()) {
      try (var house = house(dir.resolve(trouble.name()))) {
        house.script.play(Match.ALL, trouble.fault());
        var sdk = kind.at(new Door(house.url(), trouble.key()));
        assertThatThrownBy(() -> sdk.chat(model))
            .as(trouble.name())
            .isInstanceOf(sdk.thrownFor(trouble))
            .hasMessageContaining(Integer.toString(trouble.status));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  @DisplayName("F4 a stream that breaks off is never taken for a whole one")
  void a_stream_that_breaks_off_is_an_exception(Kind kind, String model, @TempDir Path dir) {
    try (var house = house(dir)) {
      house.script.play(Match.ALL, new Fault.Cuts(700, false));
      var sdk = sdk(kind, house);
      assertThatThrownBy(() -> sdk.stream(model)).isInstanceOf(sdk.thrownForBrokenStream());
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_lists_the_models_of_every_provider(Kind kind, @TempDir Path dir) {
    try (var house = house(dir)) {
      assertThat(sdk(kind, house).models())
          .anyMatch(id -> id.contains("openai/"))
          .anyMatch(id -> id.contains("groq/"))
          .anyMatch(id -> id.contains("google-ai-studio/"))
          .anyMatch(id -> id.contains("anthropic/"));
    }
  }
}
