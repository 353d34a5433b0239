package io.onebalance.dialect.responses.answer.growing;

import io.onebalance.chat.answer.Citation;
import io.onebalance.dialect.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A message while it grows: texts and refusals, one part after the other. Confined to one thread.
public final class GrowingMessage {
  private enum Kind {
    NOTHING("", ""),
    TEXT("output_text", "text"),
    REFUSAL("refusal", "refusal");

    private final String type;
    private final String member;

    Kind(String type, String member) {
      this.type = type;
      this.member = member;
    }
  }

  private final Output.Place place;
  private final ArrayNode content = Json.array();
  private final StringBuilder said = new StringBuilder();
  private ArrayNode logprobs = Json.array();
  private ArrayNode annotations = Json.array();
  private Kind kind = Kind.NOTHING;

  public GrowingMessage(Output output) {
    place = output.next("msg");
    place.added(item("in_progress", Json.array()));
  }

  public void text(String piece) {
    grow(Kind.TEXT, piece, Json.array());
  }

  public void refusal(String piece) {
    grow(Kind.REFUSAL, piece, Json.array());
  }

  /// Log probabilities come behind their text, in a piece without text. A refusal has none.
  public void logprobs(JsonNode tokens) {
    if (kind == Kind.TEXT) {
      var told = Json.array();
      tokens.forEach(told::add);
      grow(Kind.TEXT, "", told);
      tokens.forEach(logprobs::add);
    }
  }

  /// Where a piece of the text is from.
  public void cite(Citation citation) {
    if (kind == Kind.TEXT) {
      var annotation =
          Json.object()
              .put("type", "url_citation")
              .put("start_index", citation.start())
              .put("end_index", citation.end())
              .put("url", citation.url())
              .put("title", citation.title());
      var event = at().put("annotation_index", annotations.size()).set("annotation", annotation);
      place.tell("output_text.annotation.added", event);
      annotations.add(annotation);
    }
  }

  public void close(String status) {
    closePart();
    place.done(item(status, content));
  }

  private void grow(Kind what, String piece, ArrayNode tokens) {
    if (kind != what) {
      closePart();
      kind = what;
      place.tell("content_part.added", at().set("part", part()));
    }
    said.append(piece);
    var delta = at().put("delta", piece);
    place.tell(kind.type + ".delta", what == Kind.TEXT ? delta.set("logprobs", tokens) : delta);
  }

  private void closePart() {
    if (kind != Kind.NOTHING) {
      var part = part();
      var done = at().put(kind.member, said.toString());
      place.tell(kind.type + ".done", kind == Kind.TEXT ? done.set("logprobs", logprobs) : done);
      place.tell("content_part.done", at().set("part", part));
      content.add(part);
      said.setLength(0);
      logprobs = Json.array();
      annotations = Json.array();
      kind = Kind.NOTHING;
    }
  }

  private ObjectNode part() {
    var part = Json.object().put("type", kind.type).put(kind.member, said.toString());
    if (kind == Kind.TEXT) {
      part.set("annotations", annotations);
      part.set("logprobs", logprobs);
    }
    return part;
  }

  private ObjectNode at() {
    return Json.object().put("content_index", content.size());
  }

  private static ObjectNode item(String status, ArrayNode content) {
    return Json.object()
        .put("id", "")
        .put("type", "message")
        .put("status", status)
        .put("role", "assistant")
        .set("content", content);
  }
}
