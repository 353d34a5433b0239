package io.onebalance.dialect.anthropic;

import static io.onebalance.dialect.anthropic.Say.NEW;
import static io.onebalance.dialect.anthropic.Say.json;
import static io.onebalance.dialect.anthropic.Say.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.OpenAiClient;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas of answers, as the models that can be bound to one take them.
class AnswerSchemaTest {
  private static final String NAME = "'properties': {'a': {'type': 'string'}}";
  private static final String CLOSED = NAME + ", 'additionalProperties': false";

  private static Outgoing asked(String schema) {
    var body = Json.object().put("model", "m");
    body.putArray("messages").addObject().put("role", "user").put("content", "Hi");
    var format = body.putObject("response_format").put("type", "json_schema");
    format.putObject("json_schema").put("name", "answer").set("schema", expanded(schema));
    return to(NEW, new OpenAiClient().read(body));
  }

  /// `OPEN` and `SHUT` are what stands in an object.
  private static JsonNode expanded(String schema) {
    return json(schema.replace("SHUT", CLOSED).replace("OPEN", NAME));
  }

  private static JsonNode schema(Outgoing outgoing) {
    return outgoing.body().path("output_config").path("format").path("schema");
  }

  @ParameterizedTest
  @DisplayName("every object is closed, wherever it stands")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type': 'object', OPEN} | {'type': 'object', SHUT}",
        "{OPEN} | {'type': 'object', SHUT}",
        "{'type': ['object', 'null'], OPEN} | {'type': ['object', 'null'], SHUT}",
        "{'type': 'array', 'items': {'type': 'object', OPEN}} | {'type': 'array', 'items': {'type':"
            + " 'object', SHUT}}",
        "{'anyOf': [{'type': 'object', OPEN}, {'type': 'null'}]} | {'anyOf': [{'type': 'object',"
            + " SHUT}, {'type': 'null'}]}",
        "{'oneOf': [{'type': 'object', OPEN}, {'type': 'null'}]} | {'anyOf': [{'type': 'object',"
            + " SHUT}, {'type': 'null'}]}",
        "{'allOf': [{'type': 'object', OPEN}], 'title': 'T'} | {'type': 'object', SHUT, 'title':"
            + " 'T'}",
        "{'$ref': '#/$defs/x', '$defs': {'x': {'type': 'object', OPEN}}} | {'$ref': '#/$defs/x',"
            + " '$defs': {'x': {'type': 'object', SHUT}}}",
        "{'type': 'array', 'items': {'allOf': [{'$ref': '#/definitions/x'}]}, 'definitions': {'x':"
            + " {'type': 'object', OPEN}}} | {'type': 'array', 'items': {'$ref':"
            + " '#/definitions/x'}, 'definitions': {'x': {'type': 'object', SHUT}}}",
        "{'type': 'object', 'properties': {}, 'additionalProperties': false} | {'type': 'object',"
            + " 'properties': {}, 'additionalProperties': false}",
      })
  void every_object_is_closed(String given, String written) {
    var outgoing = asked(given);
    assertThat(schema(outgoing)).isEqualTo(expanded(written));
    assertThat(outgoing.dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "{'type': 'string'}", "{}"})
  void an_object_that_is_open_on_purpose_is_closed_and_that_is_told(String others) {
    var outgoing = asked("{'type': 'object', OPEN, 'additionalProperties': " + others + "}");
    assertThat(schema(outgoing)).isEqualTo(expanded("{'type': 'object', SHUT}"));
    assertThat(outgoing.dropped()).containsExactly("response_format.additionalProperties");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'type': 'integer' | 'minimum': 1",
        "'type': 'integer' | 'maximum': 1",
        "'type': 'number' | 'exclusiveMinimum': 1",
        "'type': 'number' | 'multipleOf': 2",
        "'type': 'integer' | 'format': 'int32'",
        "'type': 'string' | 'minLength': 1",
        "'type': 'string' | 'maxLength': 1",
        "'type': 'string' | 'pattern': '^a'",
        "'type': 'string' | 'format': 'idn-email'",
        "'type': 'string' | 'enum': [{'a': 1}]",
        "'type': 'array', 'items': {'type': 'string'} | 'minItems': 2",
        "'type': 'array', 'items': {'type': 'string'} | 'maxItems': 2",
        "'type': 'array', 'items': {'type': 'string'} | 'uniqueItems': true",
        "'type': 'object', SHUT | 'minProperties': 1",
      })
  void a_limit_that_is_a_400_is_told_to_the_model_in_words(String rest, String limit) {
    var outgoing = asked("{" + rest + ", " + limit + "}");
    var alone = json("{" + limit + "}");
    var remark = "Also holds, as JSON schema: " + alone;
    var expected = Json.object().put("description", remark).setAll(objectOf("{" + rest + "}"));
    assertThat(schema(outgoing)).isEqualTo(expected);
    assertThat(outgoing.dropped())
        .containsExactly("response_format." + alone.propertyNames().iterator().next());
  }

  private static ObjectNode objectOf(String schema) {
    return (ObjectNode) expanded(schema);
  }

  @Test
  void what_was_described_before_stays() {
    var outgoing = asked("{'type': 'string', 'description': 'A name.', 'maxLength': 9}");
    assertThat(schema(outgoing).path("description").asString())
        .isEqualTo("A name.\n\nAlso holds, as JSON schema: {\"maxLength\":9}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'string', 'format': 'date-time', 'title': 'T', 'default': 'x'}",
        "{'type': 'string', 'enum': ['a', 'b']}",
        "{'enum': [1, true, null, 'a']}",
        "{'const': 'a'}",
        "{'type': 'array', 'minItems': 1, 'items': {'type': 'integer'}}",
        "{'type': 'object', 'properties': {'maximum': {'type': 'string'}}, 'required':"
            + " ['maximum'], 'additionalProperties': false}",
      })
  void what_is_taken_stays_as_it_is(String schema) {
    var outgoing = asked(schema);
    assertThat(schema(outgoing)).isEqualTo(json(schema));
    assertThat(outgoing.dropped()).isEmpty();
  }

  @Test
  void what_says_nothing_of_the_answer_is_left_out() {
    var outgoing = asked("{'$schema': 'https://x.example', '$comment': 'c', 'type': 'string'}");
    assertThat(schema(outgoing)).isEqualTo(json("{'type': 'string'}"));
    assertThat(outgoing.dropped()).isEmpty();
  }

  @Test
  void nothing_stands_beside_a_reference() {
    var outgoing =
        asked(
            "{'type': 'object', 'properties': {'a': {'$ref': '#/$defs/x', 'description': 'A',"
                + " 'maxLength': 1}}, 'additionalProperties': false, '$defs': {'x': {'type':"
                + " 'string'}}}");
    assertThat(schema(outgoing).at("/properties/a")).isEqualTo(json("{'$ref': '#/$defs/x'}"));
    assertThat(outgoing.dropped())
        .containsExactly("response_format.description", "response_format.maxLength");
  }

  /// Such an answer is a tool's arguments, as of older models.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'object'}",
        "{'type': 'object', 'additionalProperties': {'type': 'string'}}",
        "{'type': 'object', 'properties': {'a': {}}}",
        "{'type': 'object', 'properties': {'a': true}}",
        "{'type': 'object', 'properties': {'a': {'type': 'array'}}}",
        "{'type': 'object', 'properties': {'a': {'type': 'object'}}}",
        "{'type': 'object', 'properties': {'a': {'type': 'any'}}}",
        "{'type': 'object', 'properties': {'a': {'type': 'array', 'items': [{'type': 'null'}]}}}",
        "{'type': 'object', 'properties': {'a': {'$ref': '#'}}}",
        "{'type': 'object', 'properties': {'a': {'$ref': 'https://x.example'}}}",
        "{'type': 'object', 'properties': {'a': {'$ref': '#/$defs/none'}}}",
        "{'type': 'object', 'properties': {'a': {'$ref': '#/$defs/x'}}, '$defs': {'x': {'type':"
            + " 'array', 'items': {'$ref': '#/$defs/x'}}}}",
        "{'type': 'object', 'properties': {'a': {'allOf': [{OPEN}, {OPEN}]}}}",
        "{'type': 'object', OPEN, 'anyOf': [{OPEN}]}",
        "{'type': 'object', OPEN, 'required': ['b']}",
      })
  void a_schema_that_cannot_be_kept_is_one_of_a_tool(String schema) {
    var outgoing = asked(schema);
    assertThat(schema(outgoing).isMissingNode()).isTrue();
    assertThat(outgoing.body().path("tools")).hasSize(1);
    assertThat(outgoing.dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'type': 'array'}", "{'$ref': '#'}"})
  void a_schema_that_is_no_object_and_cannot_be_kept_is_ordered_in_words(String schema) {
    var outgoing = asked(schema);
    assertThat(outgoing.body().path("system").asString("")).contains(json(schema).toString());
    assertThat(outgoing.body().has("tools")).isFalse();
    assertThat(outgoing.dropped()).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 200})
  void what_is_too_deep_is_no_trouble(int depth) {
    var nested =
        "{'type': 'array', 'items': ".repeat(depth) + "{'type': 'null'}" + "}".repeat(depth);
    assertThat(schema(asked(nested)).isMissingNode()).isEqualTo(depth > 32);
  }
}
