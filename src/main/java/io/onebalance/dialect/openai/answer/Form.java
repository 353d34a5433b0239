package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.Source;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.Sound;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.asked.ToolsReader;
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

  static JsonNode logprobs(JsonNode tokens) {
    var logprobs = Json.object();
    logprobs.set("content", tokens);
    logprobs.putNull("refusal");
    return logprobs;
  }
}
