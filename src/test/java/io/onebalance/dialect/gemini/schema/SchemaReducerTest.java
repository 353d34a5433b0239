package io.onebalance.dialect.gemini.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.onebalance.dialect.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SchemaReducerTest {
  private static final Path TABLE =
      Path.of("src/test/resources/io/onebalance/dialect/gemini/schemas.json");
  private static final Map<String, UnaryOperator<JsonNode>> FORMS =
      Map.of(
          "parameters", SchemaReducer::ofParameters,
          "answer", SchemaReducer::ofAnswer,
          "legacy", SchemaReducer::legacy);

  @TestFactory
  Stream<DynamicTest> each_schema_is_reduced_as_the_table_says() throws IOException {
    return Json.read(Files.readAllBytes(TABLE))
        .orElseThrow()
        .valueStream()
        .flatMap(row ->
            FORMS.entrySet().stream()
                .filter(form -> row.has(form.getKey()))
                .map(form -> checked(row, form.getKey(), form.getValue())));
  }

  private static DynamicTest checked(JsonNode row, String form, UnaryOperator<JsonNode> reduce) {
    return dynamicTest(
        row.get("name").stringValue() + ", " + form,
        () -> {
          var given = row.get("given").deepCopy();
          assertThat(Json.read(Json.text(reduce.apply(given)))).contains(row.get(form));
          assertThat(given).as("what was given").isEqualTo(row.get("given"));
        });
  }

  @Test
  void a_schema_ends_at_a_depth_of_32() {
    var schema = Json.object().put("type", "string");
    for (var i = 0; i < 100; i++) {
      var around = Json.object().put("type", "object");
      around.putObject("properties").set("a", schema);
      schema = around;
    }
    JsonNode reduced = SchemaReducer.legacy(schema);
    var depth = 0;
    for (; reduced.has("properties"); depth++) {
      reduced = reduced.get("properties").get("a");
    }
    assertThat(depth).isEqualTo(33);
    assertThat(reduced).isEqualTo(Json.object().put("type", "object"));
  }

  @Test
  void references_that_double_at_every_step_stay_bounded() {
    var schema = Json.object();
    var definitions = schema.putObject("$defs");
    for (var i = 0; i < 30; i++) {
      var pair = definitions.putObject("d" + i).put("type", "object").putObject("properties");
      pair.putObject("a").put("$ref", "#/$defs/d" + (i + 1));
      pair.putObject("b").put("$ref", "#/$defs/d" + (i + 1));
    }
    schema.put("$ref", "#/$defs/d0");
    assertThat(Json.bytes(SchemaReducer.ofParameters(schema)).length).isLessThan(2_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"enum", "description"})
  void what_is_large_and_often_referred_to_stays_bounded(String keyword) {
    var schema = Json.object();
    var large = schema.putObject("$defs").putObject("large").put("type", "string");
    if (keyword.equals("enum")) {
      var values = large.putArray("enum");
      IntStream.range(0, 3000).mapToObj(i -> "value " + i).forEach(values::add);
    } else {
      large.put("description", "word ".repeat(6000));
    }
    var properties = schema.put("type", "object").putObject("properties");
    IntStream.range(0, 3000)
        .forEach(i -> properties.putObject("p" + i).put("$ref", "#/$defs/large"));
    var written = Json.bytes(SchemaReducer.ofParameters(schema)).length;
    assertThat(written).isLessThan(10 * Json.bytes(schema).length + 1_500_000);
  }

  @Test
  void an_older_schema_is_read_as_json_schema() {
    var older =
        Json.read(
                """
                {"type": "OBJECT", "properties": {
                  "a": {"type": "STRING", "nullable": true, "format": "enum", "enum": ["x"]},
                  "b": {"any_of": [{"type": "INTEGER"}, {"type": "NUMBER"}], "nullable": true},
                  "type": {"type": "ARRAY", "minItems": "2", "items": {"type": "BOOLEAN"}}},
                 "propertyOrdering": ["a"], "required": ["a"]}
                """)
            .orElseThrow();
    assertThat(Json.read(Json.text(LegacySchema.read(older))).orElseThrow())
        .isEqualTo(
            Json.read(
                    """
                    {"type": "object", "properties": {
                      "a": {"type": ["string", "null"], "enum": ["x", null]},
                      "b": {"anyOf": [{"type": "integer"}, {"type": "number"}, {"type": "null"}]},
                      "type": {"type": "array", "minItems": 2, "items": {"type": "boolean"}}},
                     "required": ["a"]}
                    """)
                .orElseThrow());
  }
}
