package io.onebalance.sdk;

import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.sandbox.script.Script;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A dialect as a provider speaks it: the path on which it is asked, its answers (those of the
/// Rosetta conversations), and where the members of a request stand; a `|` is between places of
/// which any will do, as what passes in the client's own dialect stands where the client put it. In
/// a place, `%1$d` is the number of the call, `%2$d` and `%3$d` the same after one and two others,
/// and `%4$d` after one other and all calls.
record Wire(String fixture, String path, Call call, Result result, String schema) {
  private static final List<Wire> ALL =
      List.of(
          new Wire(
              "openai",
              "/chat/completions",
              new Call("/messages/1/tool_calls/%1$d/function", "name", "arguments"),
              new Result(
                  "/messages/1/tool_calls/%1$d/id",
                  "/messages/%3$d/tool_call_id", "/messages/%3$d/content"),
              "/response_format/json_schema/schema"),
          new Wire(
              "responses",
              "/responses",
              new Call("/input/%2$d", "name", "arguments"),
              new Result("/input/%2$d/call_id", "/input/%4$d/call_id", "/input/%4$d/output"),
              "/text/format/schema"),
          new Wire(
              "anthropic",
              "/messages",
              new Call("/messages/1/content/%1$d", "name", "input"),
              new Result(
                  "/messages/1/content/%1$d/id",
                  "/messages/2/content/%1$d/tool_use_id", "/messages/2/content/%1$d/content"),
              "/output_config/format/schema"),
          new Wire(
              "gemini",
              "enerateContent",
              new Call("/contents/1/parts/%1$d/functionCall", "name", "args"),
              new Result(
                  "/contents/1/parts/%1$d/functionCall/name",
                  "/contents/2/parts/%1$d/functionResponse/name|/contents/%3$d/parts/0/functionResponse/name",
                  "/contents/2/parts/%1$d/functionResponse/response|/contents/%3$d/parts/0/functionResponse/response"),
              "/generationConfig/responseJsonSchema|/generationConfig/responseSchema"));

  /// Where a call stands, and how its members are named.
  record Call(String place, String name, String arguments) {}

  /// Where a result stands, and what ties it to its call: both hold the same.
  record Result(String called, String answered, String said) {}

  /// Lets the providers answer the next request with this conversation's answer, each in its own
  /// dialect, and then go on by themselves.
  static void play(Script script, String conversation, boolean streamed) {
    for (var wire : ALL) {
      script.play(Match.path(wire.path), wire.answer(conversation, streamed), Fault.well());
    }
  }

  private Fault answer(String conversation, boolean streamed) {
    var name = "/rosetta/" + conversation + "/answer." + fixture + (streamed ? ".sse" : ".json");
    try (var file = Objects.requireNonNull(Wire.class.getResourceAsStream(name), name)) {
      var type = streamed ? "text/event-stream" : "application/json";
      return new Fault.Says(200, Map.of("content-type", type), file.readAllBytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// A call and its result; the arguments as JSON, whether the dialect writes an object or a
  /// string.
  record Calling(
      String name, JsonObject arguments, String called, String answered, String result) {}

  /// What a provider was told in its own words.
  record Told(Wire wire, JsonObject body) {
    static Told by(Asked asked) {
      var wire =
          ALL.stream()
              .filter(each -> asked.heard().path().contains(each.path))
              .findFirst()
              .orElseThrow();
      var text = new String(asked.heard().body(), StandardCharsets.UTF_8);
      return new Told(wire, new JsonObject(text));
    }

    /// The call with this number, of so many.
    Calling calling(int number, int calls) {
      var call = place(wire.call.place, number, calls);
      var result = wire.result;
      return new Calling(
          String.valueOf(at(call + "/" + wire.call.name)),
          new JsonObject(String.valueOf(at(call + "/" + wire.call.arguments))),
          String.valueOf(at(place(result.called, number, calls))),
          String.valueOf(at(place(result.answered, number, calls))),
          String.valueOf(at(place(result.said, number, calls))));
    }

    private static String place(String pattern, int number, int calls) {
      return pattern.formatted(number, number + 1, number + 2, number + 1 + calls);
    }

    JsonObject schema() {
      return at(wire.schema) instanceof JsonObject found ? found : new JsonObject();
    }

    private @Nullable Object at(String places) {
      return Stream.of(places.split("\\|", -1))
          .map(place -> JsonPointer.from(place).queryJson(body))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }
}
