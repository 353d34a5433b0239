package io.onebalance.sdk;

import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.Fault;
import io.onebalance.sandbox.Match;
import io.onebalance.sandbox.Script;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A dialect as a provider speaks it: the path on which it is asked, its answers (those of the
/// Rosetta conversations), and where the members of a request stand.
///
/// @param ties what ties the result to its call: both hold the same
record Wire(
    String fixture, String path, Call call, List<String> ties, String result, String schema) {
  private static final List<Wire> ALL =
      List.of(
          new Wire(
              "openai",
              "/chat/completions",
              new Call(
                  "/messages/1/tool_calls/0/function/name",
                  "/messages/1/tool_calls/0/function/arguments"),
              List.of("/messages/1/tool_calls/0/id", "/messages/2/tool_call_id"),
              "/messages/2/content",
              "/response_format/json_schema/schema"),
          new Wire(
              "responses",
              "/responses",
              new Call("/input/1/name", "/input/1/arguments"),
              List.of("/input/1/call_id", "/input/2/call_id"),
              "/input/2/output",
              "/text/format/schema"),
          new Wire(
              "anthropic",
              "/messages",
              new Call("/messages/1/content/0/name", "/messages/1/content/0/input"),
              List.of("/messages/1/content/0/id", "/messages/2/content/0/tool_use_id"),
              "/messages/2/content/0/content",
              "/output_config/format/schema"),
          new Wire(
              "gemini",
              "enerateContent",
              new Call(
                  "/contents/1/parts/0/functionCall/name", "/contents/1/parts/0/functionCall/args"),
              List.of(
                  "/contents/1/parts/0/functionCall/name",
                  "/contents/2/parts/0/functionResponse/name"),
              "/contents/2/parts/0/functionResponse/response",
              "/generationConfig/responseJsonSchema"));

  /// Where a call's name and arguments stand.
  record Call(String name, String arguments) {}

  Wire {
    ties = List.copyOf(ties);
  }

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

    String callName() {
      return String.valueOf(at(wire.call.name));
    }

    /// As JSON, whether the dialect writes an object or a string.
    JsonObject arguments() {
      return new JsonObject(String.valueOf(at(wire.call.arguments)));
    }

    List<String> ties() {
      return wire.ties.stream().map(this::at).map(String::valueOf).toList();
    }

    String result() {
      return String.valueOf(at(wire.result));
    }

    JsonObject schema() {
      return at(wire.schema) instanceof JsonObject found ? found : new JsonObject();
    }

    private @Nullable Object at(String pointer) {
      return JsonPointer.from(pointer).queryJson(body);
    }
  }
}
