package io.onebalance.dialect.openai;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.chat.ToolName;
import io.onebalance.dialect.DataUrl;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.Json;
import io.onebalance.dialect.Sound;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an answer looks like, whole or in chunks.
///
/// @param legacy whether the client asked in the form of `functions`, and so wants a
///   `function_call` and no `tool_calls`
record Form(Envelope envelope, boolean legacy) {
  static Form of(Envelope envelope) {
    return new Form(envelope, ToolsReader.isLegacy(envelope.written()));
  }

  ObjectNode head(String object) {
    return Json.object()
        .put("id", "chatcmpl-" + envelope.requestId())
        .put("object", object)
        .put("created", envelope.created())
        .put("model", envelope.request().model());
  }

  /// How the answer ended, in the client's word.
  String ended(String reason) {
    return legacy && reason.equals("tool_calls") ? "function_call" : reason;
  }

  static ObjectNode call(ToolName tool, String id, String arguments) {
    return tool.custom()
        ? custom(tool.flat(), id, arguments)
        : function(tool.flat(), id, arguments);
  }

  static ObjectNode custom(String name, String id, String input) {
    var call = Json.object().put("id", id).put("type", "custom");
    call.putObject("custom").put("name", name).put("input", input);
    return call;
  }

  static ObjectNode function(String name, String id, String arguments) {
    var call = Json.object().put("id", id).put("type", "function");
    call.putObject("function").put("name", name).put("arguments", arguments);
    return call;
  }

  /// What a model wrote of its arguments, which is nothing where a function takes none.
  static String whole(Part.ToolCall call) {
    return call.arguments().isBlank() && !call.tool().custom() ? "{}" : call.arguments();
  }

  /// A picture as OpenRouter tells it, since the dialect itself has no place for one.
  static ObjectNode image(Part.Media media) {
    var image = Json.object().put("type", "image_url");
    image.putObject("image_url").put("url", url(media.source()));
    return image;
  }

  /// A sound of an answer, as a file that plays unless the client asked for bare samples. It cannot
  /// be referred to later, as it is kept nowhere.
  ObjectNode audio(Source.Inline sound, String transcript) {
    var bare = envelope.written().path("audio").path("format").asString("").equals("pcm16");
    return Json.object()
        .put("id", audioId())
        .put("data", (bare ? sound : Sound.playable(sound)).data())
        .put("transcript", transcript)
        .put("expires_at", envelope.created());
  }

  String audioId() {
    return "audio_" + envelope.requestId();
  }

  static String url(Source source) {
    return switch (source) {
      case Source.Inline inline -> DataUrl.write(inline);
      case Source.Link(var url, _) -> url;
      case Source.Uploaded(var id) -> id;
    };
  }

  static JsonNode logprobs(JsonNode tokens) {
    var logprobs = Json.object();
    logprobs.set("content", tokens);
    logprobs.putNull("refusal");
    return logprobs;
  }
}
