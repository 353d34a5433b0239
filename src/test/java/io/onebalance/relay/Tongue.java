package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a client asks, and what it looks for in an answer.
enum Tongue {
  OPENAI(
      "/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]", "[DONE]"),
  RESPONSES("/v1/responses", "\"input\":\"hello\",\"store\":false", "\"response.completed\""),
  ANTHROPIC(
      "/api/compat/v1/messages",
      "\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]",
      "\"message_stop\""),
  GEMINI(
      "",
      "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]",
      "\"finishReason\"");

  private final String path;
  private final String words;
  private final String end;

  Tongue(String path, String words, String end) {
    this.path = path;
    this.words = words;
    this.end = end;
  }

  HttpResponse<String> ask(Rig rig, String model, boolean stream) {
    return switch (this) {
      case OPENAI, RESPONSES, ANTHROPIC ->
          rig.post(path, "{\"model\":\"%s\",\"stream\":%s,%s}".formatted(model, stream, words));
      case GEMINI ->
          rig.post(
              "/v1beta/models/"
                  + model
                  + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
              "{" + words + "}");
    };
  }

  String text(JsonObject answer) {
    return switch (this) {
      case OPENAI ->
          answer
              .getJsonArray("choices")
              .getJsonObject(0)
              .getJsonObject("message")
              .getString("content");
      case RESPONSES ->
          answer
              .getJsonArray("output")
              .getJsonObject(0)
              .getJsonArray("content")
              .getJsonObject(0)
              .getString("text");
      case ANTHROPIC -> answer.getJsonArray("content").getJsonObject(0).getString("text");
      case GEMINI -> parts(answer);
    };
  }

  String streamed(String body) {
    return events(body).map(this::piece).collect(Collectors.joining());
  }

  private String piece(JsonObject event) {
    return switch (this) {
      case OPENAI ->
          event.getJsonArray("choices").isEmpty()
              ? ""
              : event
                  .getJsonArray("choices")
                  .getJsonObject(0)
                  .getJsonObject("delta")
                  .getString("content", "");
      case RESPONSES ->
          event.getString("type").equals("response.output_text.delta")
              ? event.getString("delta")
              : "";
      case ANTHROPIC ->
          event.getString("type").equals("content_block_delta")
              ? event.getJsonObject("delta").getString("text", "")
              : "";
      case GEMINI -> parts(event);
    };
  }

  private static String parts(JsonObject answer) {
    var content = answer.getJsonArray("candidates").getJsonObject(0).getJsonObject("content");
    return content == null || !content.containsKey("parts")
        ? ""
        : content.getJsonArray("parts").stream()
            .map(part -> ((JsonObject) part).getString("text", ""))
            .collect(Collectors.joining());
  }

  String complaint(JsonObject body) {
    var error = body.getJsonObject("error");
    return switch (this) {
      case OPENAI, RESPONSES -> error.getString("type");
      case ANTHROPIC -> error.getString("type");
      case GEMINI -> error.getString("status");
    };
  }

  /// What marks a clean end of a stream.
  String end() {
    return end;
  }

  /// All that a bare connection hears of a stream, until its end.
  String hearAll(Rig rig, String model) throws IOException {
    var target =
        this == GEMINI ? "/v1beta/models/" + model + ":streamGenerateContent?alt=sse" : path;
    var body =
        this == GEMINI
            ? "{" + words + "}"
            : "{\"model\":\"%s\",\"stream\":true,%s}".formatted(model, words);
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", target, body));
      return new String(line.rest(), UTF_8);
    }
  }

  private static Stream<JsonObject> events(String body) {
    return body.lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring(5).strip())
        .filter(data -> !data.equals("[DONE]"))
        .map(JsonObject::new);
  }
}
