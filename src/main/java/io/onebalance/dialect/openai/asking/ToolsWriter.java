package io.onebalance.dialect.openai.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes tools and which of them are to be called.
final class ToolsWriter {
  private final Draft draft;
  private final boolean custom;

  ToolsWriter(Draft draft) {
    this.draft = draft;
    custom = draft.flavour.is("custom");
  }

  void write(Tools tools) {
    var written = Json.array();
    var names = new HashSet<String>();
    for (var tool : tools.all()) {
      if (mayBeCalled(tool, tools.choice())) {
        tool(tool, names, written);
      }
    }
    if (written.isEmpty()) {
      return;
    }
    draft.put("tools", written);
    choice(tools.choice());
    if (!tools.parallel()) {
      draft.put("parallel_tool_calls", false);
    }
  }

  /// Of two tools with one name the first counts, since a provider refuses both.
  private void tool(Tool tool, Set<String> names, ArrayNode written) {
    switch (tool) {
      case Tool.Function function -> {
        if (names.add(function.name().flat())) {
          written.add(function(function));
        }
      }
      case Tool.Custom free -> {
        if (names.add(free.name().flat())) {
          written.add(custom ? custom(free) : wrapped(free));
        }
      }
      case Tool.Hosted(var type, _) -> draft.drop("tools." + type);
    }
  }

  private ObjectNode function(Tool.Function function) {
    var tool = Json.object().put("type", "function");
    var inside = tool.putObject("function").put("name", draft.names.of(function.name()));
    described(inside, function.description());
    function.parameters().ifPresent(schema -> inside.set("parameters", object(schema)));
    if (function.strict()) {
      inside.put("strict", true);
    }
    return tool;
  }

  private ObjectNode custom(Tool.Custom free) {
    var tool = Json.object().put("type", "custom");
    var inside = tool.putObject("custom").put("name", draft.names.of(free.name()));
    described(inside, free.description());
    free.format().ifPresent(format -> inside.set("format", format));
    return tool;
  }

  /// A function with one text, where there are no tools with free text.
  private ObjectNode wrapped(Tool.Custom free) {
    var tool = Json.object().put("type", "function");
    var inside = tool.putObject("function").put("name", draft.names.of(free.name()));
    described(inside, free.description());
    inside.set("parameters", FreeText.schema());
    return tool;
  }

  private static void described(ObjectNode tool, String description) {
    if (!description.isEmpty()) {
      tool.put("description", description);
    }
  }

  /// The root of a schema must be an object, and say so.
  private static JsonNode object(JsonNode schema) {
    if (schema.has("type") && schema.has("properties")) {
      return schema;
    }
    var whole = Json.object().put("type", "object");
    whole.putObject("properties");
    if (schema instanceof ObjectNode told) {
      whole.setAll(told);
    }
    return whole;
  }

  private void choice(ToolChoice choice) {
    switch (choice) {
      case ToolChoice.Unsaid() -> {}
      case ToolChoice.Auto() -> draft.put("tool_choice", "auto");
      case ToolChoice.None() -> draft.put("tool_choice", "none");
      case ToolChoice.Required() -> draft.put("tool_choice", "required");
      case ToolChoice.Named(var name) -> draft.put("tool_choice", named(name));
      case ToolChoice.Allowed(var required, var names) -> allowed(required, names);
    }
  }

  private ObjectNode named(ToolName name) {
    var kind = custom && name.custom() ? "custom" : "function";
    var named = Json.object().put("type", kind);
    named.putObject(kind).put("name", draft.names.of(name));
    return named;
  }

  private void allowed(boolean required, List<ToolName> names) {
    var mode = required ? "required" : "auto";
    if (!custom) {
      draft.put("tool_choice", mode);
      return;
    }
    var choice = Json.object().put("type", "allowed_tools");
    var inside = choice.putObject("allowed_tools").put("mode", mode);
    var tools = inside.putArray("tools");
    names.forEach(name -> tools.add(named(name)));
    draft.put("tool_choice", choice);
  }

  /// Where nobody can be told which are allowed, the others are not even shown.
  private boolean mayBeCalled(Tool tool, ToolChoice choice) {
    if (custom || !(choice instanceof ToolChoice.Allowed(_, var names))) {
      return true;
    }
    var flat = names.stream().map(ToolName::flat).toList();
    return switch (tool) {
      case Tool.Function function -> flat.contains(function.name().flat());
      case Tool.Custom free -> flat.contains(free.name().flat());
      case Tool.Hosted _ -> true;
    };
  }
}
