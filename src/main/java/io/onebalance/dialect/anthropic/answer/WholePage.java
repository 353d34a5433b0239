package io.onebalance.dialect.anthropic.answer;

import io.onebalance.dialect.anthropic.words.Arguments;
import io.onebalance.dialect.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Blocks gathered to the content of a whole answer. Confined to one thread.
final class WholePage implements Page {
  private final ArrayNode content = Json.array();
  private final StringBuilder text = new StringBuilder();
  private ObjectNode block = Json.object();

  ArrayNode content() {
    return content;
  }

  @Override
  public void open(ObjectNode opened) {
    block = opened;
    text.setLength(0);
  }

  @Override
  public void add(ObjectNode delta) {
    switch (delta.path("type").stringValue()) {
      case "text_delta" -> text.append(delta.path("text").stringValue());
      case "thinking_delta" -> text.append(delta.path("thinking").stringValue());
      case "input_json_delta" -> text.append(delta.path("partial_json").stringValue());
      case "signature_delta" -> block.set("signature", delta.path("signature"));
      default -> throw new IllegalArgumentException("no such delta");
    }
  }

  /// Arguments that are no JSON are an empty object: a client cannot read the answer otherwise.
  @Override
  public void close() {
    switch (block.path("type").stringValue()) {
      case "text" -> block.put("text", text.toString());
      case "thinking" -> block.put("thinking", text.toString());
      case "tool_use" ->
          block.set("input", Arguments.object(text.toString()).orElseGet(Json::object));
      default -> {
        // a redacted thought is complete as it was opened
      }
    }
    content.add(block);
  }
}
