package io.onebalance.chat.asked;

import io.onebalance.chat.ToolName;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a model may call.
public sealed interface Tool {
  /// A tool of the client with JSON arguments. `parameters` is their JSON schema, where it has one.
  record Function(ToolName name, String description, Optional<JsonNode> parameters, boolean strict)
      implements Tool {}

  /// A tool of the client that takes free text. `format` says which (a grammar), as it was written.
  record Custom(ToolName name, String description, Optional<JsonNode> format) implements Tool {}

  /// A tool that a provider runs itself (`web_search`, `code_execution`, …), as it was written.
  record Hosted(String type, JsonNode written) implements Tool {}
}
