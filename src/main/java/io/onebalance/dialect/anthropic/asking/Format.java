package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.dialect.JsonWish;
import io.onebalance.dialect.anthropic.words.Answers;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a model is brought to answer in JSON: newer ones take a schema, older ones a tool whose
/// arguments are the answer. Where neither works, it is told.
///
/// @param schema for `output_config`
/// @param tool whose arguments are the answer
/// @param order what is added to the system's text
record Format(Optional<JsonNode> schema, Optional<ObjectNode> tool, Optional<String> order) {
  private static final Format FREE =
      new Format(Optional.empty(), Optional.empty(), Optional.empty());

  static Format of(OutputFormat wanted, Claude model, boolean thinking) {
    return switch (wanted) {
      case OutputFormat.Text() -> FREE;
      case OutputFormat.Json() -> ordered(JsonWish.TEXT);
      case OutputFormat.Schema(_, _, var schema, _) when model.formats() ->
          new Format(Optional.of(schema), Optional.empty(), Optional.empty());
      case OutputFormat.Schema(_, _, var schema, _) when thinking || !isObject(schema) ->
          ordered(
              "Answer with JSON of this schema, without a code fence, and nothing else:\n"
                  + Json.text(schema));
      case OutputFormat.Schema(_, var description, var schema, _) ->
          new Format(
              Optional.empty(),
              Optional.of(tool(description.orElse("The answer."), schema)),
              Optional.empty());
    };
  }

  private static Format ordered(String order) {
    return new Format(Optional.empty(), Optional.empty(), Optional.of(order));
  }

  private static boolean isObject(JsonNode schema) {
    return schema.path("type").asString("").equals("object");
  }

  private static ObjectNode tool(String description, JsonNode schema) {
    var tool = Json.object().put("name", Answers.TOOL).put("description", description);
    tool.set("input_schema", Schemas.root(Optional.of(schema)));
    return tool;
  }
}
