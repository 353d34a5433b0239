package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.dialect.JsonWish;
import io.onebalance.dialect.anthropic.words.Answers;
import io.onebalance.dialect.json.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a model is brought to answer in JSON: newer ones take most schemas, older ones a tool whose
/// arguments are the answer. Where neither works, it is told.
///
/// @param schema for `output_config`
/// @param tool whose arguments are the answer
/// @param order what is added to the system's text
record Format(Optional<JsonNode> schema, Optional<ObjectNode> tool, Optional<String> order) {
  private static final Format FREE =
      new Format(Optional.empty(), Optional.empty(), Optional.empty());

  static Format of(OutputFormat wanted, Claude model, boolean thinking, Set<String> dropped) {
    return switch (wanted) {
      case OutputFormat.Text() -> FREE;
      case OutputFormat.Json() -> ordered(JsonWish.TEXT);
      case OutputFormat.Schema asked ->
          Optional.of(asked.schema())
              .filter(_ -> model.formats())
              .flatMap(schema -> AnswerSchema.of(schema, dropped))
              .map(Format::bound)
              .orElseGet(() -> unbound(asked, thinking));
    };
  }

  private static Format bound(JsonNode schema) {
    return new Format(Optional.of(schema), Optional.empty(), Optional.empty());
  }

  private static Format unbound(OutputFormat.Schema asked, boolean thinking) {
    var schema = asked.schema();
    if (thinking || !isObject(schema)) {
      return ordered(
          "Answer with JSON of this schema, without a code fence, and nothing else:\n"
              + Json.text(schema));
    }
    var tool = tool(asked.description().orElse("The answer."), schema);
    return new Format(Optional.empty(), Optional.of(tool), Optional.empty());
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
