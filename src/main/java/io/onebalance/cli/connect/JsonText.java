package io.onebalance.cli.connect;

import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Changes a text that is a JSON object; what the change does not touch stays, in its order. A text
/// with comments is left alone, for they would be lost.
final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonText() {}

  static Optional<String> edit(String text, Consumer<ObjectNode> change) {
    try {
      var root = text.isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(text);
      if (!(root instanceof ObjectNode object)) {
        return Optional.empty();
      }
      change.accept(object);
      return Optional.of(MAPPER.writeValueAsString(object) + "\n");
    } catch (JacksonException notWhatItShouldBe) {
      return Optional.empty();
    }
  }
}
