package io.onebalance.sandbox.anthropic;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Completion;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import java.util.ArrayList;
import java.util.List;

/// Anthropic's messages, whole and as events.
final class Messages {
  private static final String MESSAGE =
      """
      {"id":$,"type":"message","role":"assistant","model":$,"content":[$],
      "stop_reason":$,"stop_sequence":null,"stop_details":null,
      "container":null,"context_management":null,
      "usage":{"input_tokens":$,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,
      "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},
      "output_tokens":$,"server_tool_use":null,"inference_geo":null,"service_tier":"standard"}}
      """;
  private static final String TEXT =
      """
      {"type":"text","text":$,"citations":null}
      """;
  private static final String ENDED =
      """
      {"type":"message_delta","delta":{"stop_reason":$,"stop_sequence":null,
      "stop_details":null,"container":null},
      "usage":{"input_tokens":$,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,
      "output_tokens":$,"server_tool_use":null}}
      """;

  private Messages() {}

  static Reply answer(Ask ask) {
    var completion = ask.completion(ask.body().path("max_tokens").asLong(0));
    return ask.streams()
        ? Reply.stream("text/event-stream; charset=utf-8", events(ask, completion))
        : Reply.json(
            200,
            message(
                ask,
                completion,
                Json.line(TEXT, Json.quoted(completion.text())),
                stopReason(completion),
                completion.count()));
  }

  /// A finished message without any content: a known fault of the real one.
  static Reply empty(Ask ask) {
    var silent = new Completion(List.of(), false, 1);
    return ask.streams()
        ? Reply.stream(
            "text/event-stream; charset=utf-8", List.of(start(ask, silent), end(silent), STOP))
        : Reply.json(200, message(ask, silent, "", stopReason(silent), 0));
  }

  private static final String STOP = event("message_stop", "{\"type\":\"message_stop\"}");
  private static final String PING = event("ping", "{\"type\": \"ping\"}");

  private static List<String> events(Ask ask, Completion completion) {
    var events = new ArrayList<String>();
    events.add(start(ask, completion));
    events.add(
        event(
            "content_block_start",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"));
    events.add(PING);
    completion.pieces(ask.tokensPerPiece()).forEach(text -> events.add(delta(text)));
    events.add(event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"));
    events.add(end(completion));
    events.add(STOP);
    return events;
  }

  private static String start(Ask ask, Completion completion) {
    var open = message(ask, completion, "", "null", 1);
    return event("message_start", "{\"type\":\"message_start\",\"message\":" + open + "}");
  }

  private static String delta(String text) {
    return event(
        "content_block_delta",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}}"
            .formatted(Json.quoted(text)));
  }

  private static String end(Completion completion) {
    return event(
        "message_delta",
        Json.line(ENDED, stopReason(completion), completion.promptTokens(), completion.count()));
  }

  private static String message(
      Ask ask, Completion completion, String content, String stopReason, int outputTokens) {
    return Json.line(
        MESSAGE,
        Json.quoted(ask.id("msg_")),
        Json.quoted(ask.named()),
        content,
        stopReason,
        completion.promptTokens(),
        outputTokens);
  }

  private static String stopReason(Completion completion) {
    return completion.cut() ? "\"max_tokens\"" : "\"end_turn\"";
  }

  private static String event(String name, String json) {
    return "event: " + name + "\ndata: " + json + "\n\n";
  }
}
