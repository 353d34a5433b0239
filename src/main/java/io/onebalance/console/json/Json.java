package io.onebalance.console.json;

import io.onebalance.console.web.BodyType;
import io.onebalance.console.web.Refusal;
import io.onebalance.server.Visit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the key API reads it: one document, no name twice, no deep nesting. What is wrong is
/// told by its place and never repeated, for it may hold keys.
public final class Json {
  private static final int DEEPEST = 32;

  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  private Json() {}

  /// The body of a visit that must say that it is JSON.
  public static JsonNode body(Visit visit) {
    if (BodyType.of(visit) != BodyType.JSON) {
      throw Refusal.wrongType("the body must be JSON, with content-type: application/json");
    }
    try {
      var node = MAPPER.readTree(visit.body());
      if (node.isMissingNode()) {
        throw Refusal.invalid("the body is empty; a JSON document is expected");
      }
      return node;
    } catch (JacksonException e) {
      throw Refusal.invalid("the body is not valid JSON" + place(e));
    }
  }

  private static String place(JacksonException e) {
    var at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }
}
