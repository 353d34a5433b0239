package io.onebalance.dialect.openai.asked;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the tools of a request, and those of the legacy form (`functions`, `function_call`), whose
/// answers hold one call at most.
public final class ToolsReader {
  private static final String CHOICE = "tool_choice";

  private ToolsReader() {}

  static Tools read(Members body) {
    var tools = new ArrayList<Tool>();
    body.objects("tools").forEach(tool -> tools.add(tool(tool)));
    var legacy = tools.isEmpty() && body.raw("functions").isPresent();
    if (legacy) {
      body.objects("functions").forEach(function -> tools.add(function(function)));
    }
    var parallel = !legacy && body.flag("parallel_tool_calls").orElse(true);
    return new Tools(tools, legacy ? legacyChoice(body) : choice(body), parallel);
  }

  private static Tool tool(Members tool) {
    var type = tool.text("type").orElse("function");
    return switch (type) {
      case "function" -> function(inside(tool, "function"));
      case "custom" -> custom(inside(tool, "custom"));
      // What providers run themselves has many names.
      default -> new Tool.Hosted(type, tool.written());
    };
  }

  private static Tool function(Members function) {
    return new Tool.Function(
        ToolName.of(function.needed("name")),
        function.text("description").orElse(""),
        function.object("parameters").map(Members::written),
        function.isTrue("strict"));
  }

  private static Tool custom(Members custom) {
    return new Tool.Custom(
        customName(custom), custom.text("description").orElse(""), custom.raw("format"));
  }

  private static ToolChoice choice(Members body) {
    var choice = body.raw(CHOICE);
    if (choice.isEmpty()) {
      return new ToolChoice.Unsaid();
    }
    return choice.get().isString() ? word(body, CHOICE) : named(inside(body, CHOICE));
  }

  private static ToolChoice legacyChoice(Members body) {
    var choice = body.raw("function_call");
    if (choice.isEmpty()) {
      return new ToolChoice.Unsaid();
    }
    return choice.get().isString()
        ? word(body, "function_call")
        : new ToolChoice.Named(ToolName.of(inside(body, "function_call").needed("name")));
  }

  private static ToolChoice word(Members body, String name) {
    return switch (body.needed(name)) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      // Mistral's word is `any`.
      case "required", "any" -> new ToolChoice.Required();
      // Clients write what they like here.
      default -> throw body.wrong(name, "must be auto, none, required or a tool");
    };
  }

  private static ToolChoice named(Members choice) {
    return switch (choice.needed("type")) {
      case "function", "custom" -> new ToolChoice.Named(name(choice));
      case "allowed_tools" -> allowed(inside(choice, "allowed_tools"));
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required", "any" -> new ToolChoice.Required();
      // Clients write what they like here.
      default -> throw choice.wrong("type", "must be function, custom or allowed_tools");
    };
  }

  private static ToolChoice allowed(Members allowed) {
    List<ToolName> names = allowed.objects("tools").stream().map(ToolsReader::name).toList();
    return new ToolChoice.Allowed(
        allowed.text("mode").filter("required"::equals).isPresent(), names);
  }

  /// Nested as the dialect has it, or flat as that of the Responses.
  private static ToolName name(Members named) {
    var custom = named.text("type").filter("custom"::equals).isPresent();
    var nested = named.object(custom ? "custom" : "function");
    var members = nested.orElse(named);
    return custom ? customName(members) : ToolName.of(members.needed("name"));
  }

  private static ToolName customName(Members custom) {
    return new ToolName(custom.needed("name"), Optional.empty(), true);
  }

  private static Members inside(Members outer, String name) {
    return outer.object(name).orElseThrow(() -> outer.wrong(name, "is missing"));
  }

  public static boolean isLegacy(JsonNode request) {
    return request.path("functions").isArray() && request.path("tools").isEmpty();
  }
}
