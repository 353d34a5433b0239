package io.onebalance.sandbox.openai;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Completion;
import io.onebalance.sandbox.answer.Conversation;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Prompt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A session of OpenAI's Realtime API, in words only.
final class Realtime implements Conversation {
  private final Ask ask;
  private int events;
  private String asked = "";

  Realtime(Ask ask) {
    this.ask = ask;
  }

  @Override
  public List<String> greeting() {
    return List.of(event("session.created", session()));
  }

  @Override
  public List<Said> hear(String message) {
    var event = Json.read(Json.bytes(message));
    var type = event.path("type").asString("");
    return Conversation.said(
        switch (type) {
          case "session.update" -> List.of(event("session.updated", session()));
          case "conversation.item.create" -> added(event.path("item"));
          case "response.create" -> response();
          // Clients may send any event.
          default -> List.of(unknown(type));
        });
  }

  private List<String> added(JsonNode item) {
    asked = item.path("content").path(0).path("text").asString(asked);
    var told = "\"previous_item_id\":null,\"item\":" + (item.isObject() ? item : "{}");
    return List.of(event("conversation.item.added", told), event("conversation.item.done", told));
  }

  private List<String> response() {
    var completion = Completion.to(new Prompt(asked, Prompt.tokens(asked)), ask.model(), 0);
    var id = Json.quoted(ask.id("resp_"));
    var events = new ArrayList<String>();
    events.add(event("response.created", "\"response\":{\"id\":" + id + "}"));
    for (var piece : completion.pieces(ask.tokensPerPiece())) {
      events.add(event("response.output_text.delta", "\"delta\":" + Json.quoted(piece)));
    }
    events.add(event("response.output_text.done", "\"text\":" + Json.quoted(completion.text())));
    events.add(
        event(
            "response.done",
            "\"response\":{\"id\":%s,\"status\":\"completed\",%s}"
                .formatted(id, usage(completion))));
    return events;
  }

  private static String usage(Completion completion) {
    return "\"usage\":{\"total_tokens\":%d,\"input_tokens\":%d,\"output_tokens\":%d}"
        .formatted(completion.total(), completion.promptTokens(), completion.count());
  }

  private String session() {
    return "\"session\":{\"type\":\"realtime\",\"object\":\"realtime.session\",\"id\":"
        + Json.quoted(ask.id("sess_"))
        + ",\"model\":"
        + Json.quoted(ask.model())
        + "}";
  }

  private String unknown(String type) {
    return event(
        "error",
        "\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_value\",\"message\":"
            + Json.quoted("Invalid value: '" + type + "'.")
            + "}");
  }

  private String event(String type, String rest) {
    events++;
    return "{\"type\":\"%s\",\"event_id\":\"event_%d\",%s}".formatted(type, events, rest);
  }
}
