package io.onebalance.dialect.json;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// References within one document, as JSON schemas have them: `#/$defs/place`.
public final class References {
  private References() {}

  /// What a reference refers to; empty where that is nothing, or outside of the document.
  public static Optional<JsonNode> target(JsonNode document, String reference) {
    if (!reference.startsWith("#") || (reference.length() > 1 && reference.charAt(1) != '/')) {
      return Optional.empty();
    }
    try {
      var path =
          URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
      return Optional.of(document.at(JsonPointer.compile(path)))
          .filter(node -> !node.isMissingNode());
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
