package io.onebalance.dialect.responses.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.json.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes tools and which of them must be called. Confined to one thread.
final class ToolsWriter {
  /// What OpenAI runs itself, or has built in, by type.
  private static final Set<String> HOSTED =
      Set.of(
          "apply_patch",
          "code_interpreter",
          "computer_use",
          "computer_use_preview",
          "file_search",
          "image_generation",
          "local_shell",
          "mcp",
          "shell",
          "tool_search",
          "web_search",
          "web_search_preview");

  private final ArrayNode tools = Json.array();
  private final Set<String> known = new HashSet<>();
  private final Map<String, ArrayNode> spaces = new LinkedHashMap<>();
  private final ToolNames names;
  private final Set<String> dropped;

  private ToolsWriter(ToolNames names, Set<String> dropped) {
    this.names = names;
    this.dropped = dropped;
  }

  /// Puts into the body what there is to say. Without tools nothing can be chosen.
  static void write(Tools given, ToolNames names, ObjectNode body, Set<String> dropped) {
    var writer = new ToolsWriter(names, dropped);
    given.all().forEach(writer::tool);
    if (!writer.tools.isEmpty()) {
      body.set("tools", writer.tools);
      writer.choice(given.choice()).ifPresent(choice -> body.set("tool_choice", choice));
      if (!given.parallel()) {
        body.put("parallel_tool_calls", false);
      }
    }
  }

  /// Of two tools with one name the first counts, since a provider refuses both.
  private void tool(Tool tool) {
    switch (tool) {
      case Tool.Function function -> {
        if (known.add(function.name().flat())) {
          beside(function.name()).add(function(function));
        }
      }
      case Tool.Custom custom -> {
        if (known.add(custom.name().flat())) {
          beside(custom.name()).add(custom(custom));
        }
      }
      case Tool.Hosted(var type, var written) -> {
        if (HOSTED.contains(type)) {
          tools.add(written);
        } else {
          dropped.add("tools." + type);
        }
      }
    }
  }

  private ArrayNode beside(ToolName name) {
    return name.space().map(space -> spaces.computeIfAbsent(space, this::space)).orElse(tools);
  }

  private ArrayNode space(String name) {
    return tools
        .addObject()
        .put("type", "namespace")
        .put("name", name)
        .put("description", name)
        .putArray("tools");
  }

  /// Where nothing is said of `strict` OpenAI changes the schema, so it is always said.
  private JsonNode function(Tool.Function function) {
    var tool = Json.object().put("type", "function").put("name", names.fitting(function.name()));
    if (!function.description().isEmpty()) {
      tool.put("description", function.description());
    }
    tool.set("parameters", function.parameters().orElseGet(ToolsWriter::nothing));
    return tool.put("strict", function.strict());
  }

  private static JsonNode nothing() {
    var schema = Json.object().put("type", "object");
    schema.putObject("properties");
    return schema;
  }

  private JsonNode custom(Tool.Custom custom) {
    var tool = Json.object().put("type", "custom").put("name", names.fitting(custom.name()));
    if (!custom.description().isEmpty()) {
      tool.put("description", custom.description());
    }
    custom.format().ifPresent(format -> tool.set("format", format));
    return tool;
  }

  private Optional<JsonNode> choice(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Unsaid _ -> Optional.empty();
      case ToolChoice.Auto _ -> Optional.of(word("auto"));
      case ToolChoice.None _ -> Optional.of(word("none"));
      case ToolChoice.Required _ -> Optional.of(word("required"));
      case ToolChoice.Named(var name) -> Optional.of(chosen(name));
      case ToolChoice.Allowed allowed -> Optional.of(allowed(allowed));
    };
  }

  private static JsonNode word(String word) {
    return JsonNodeFactory.instance.stringNode(word);
  }

  private JsonNode chosen(ToolName name) {
    var chosen =
        Json.object()
            .put("type", name.custom() ? "custom" : "function")
            .put("name", names.fitting(name));
    name.space().ifPresent(space -> chosen.put("namespace", space));
    return chosen;
  }

  private JsonNode allowed(ToolChoice.Allowed allowed) {
    var choice =
        Json.object()
            .put("type", "allowed_tools")
            .put("mode", allowed.required() ? "required" : "auto");
    var names = choice.putArray("tools");
    allowed.names().forEach(name -> names.add(chosen(name)));
    return choice;
  }
}
