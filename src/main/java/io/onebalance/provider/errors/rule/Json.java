package io.onebalance.provider.errors.rule;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// JSON of foreign errors: limited in size and depth, and never a reason to fail.
public final class Json {
  /// Longer bodies are no errors that anybody wrote for reading.
  private static final int LONGEST = 256 * 1024;

  private static final int DEEPEST = 64;

  public static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /// The document, or a missing node where the bytes are none.
  public static JsonNode read(byte[] body) {
    if (body.length == 0 || body.length > LONGEST) {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }

  /// As [#read(byte[])], of a text.
  public static JsonNode read(String text) {
    try {
      return text.length() > LONGEST ? MissingNode.getInstance() : MAPPER.readTree(text);
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }

  /// A text or number as text; everything else is empty.
  public static String text(JsonNode node) {
    if (node.isString()) {
      return node.stringValue();
    }
    return node.isNumber() ? node.numberValue().toString() : "";
  }
}
