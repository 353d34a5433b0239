package io.onebalance.chat.asked;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the answer's text must be.
public sealed interface OutputFormat {
  record Text() implements OutputFormat {}

  /// Any JSON object.
  record Json() implements OutputFormat {}

  /// JSON of this JSON schema.
  record Schema(String name, Optional<String> description, JsonNode schema, boolean strict)
      implements OutputFormat {}
}
