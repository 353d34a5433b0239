package io.onebalance.dialect.responses.asked;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.json.Members;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads tools and which of them must be called.
final class ToolsReader {
  private ToolsReader() {}

  static Tools read(Members body) {
    var tools =
        body.objects("tools").stream().flatMap(tool -> tools(tool, Optional.empty())).toList();
    return new Tools(tools, choice(body), body.flag("parallel_tool_calls").orElse(true));
  }

  private static Stream<Tool> tools(Members tool, Optional<String> space) {
    var type = tool.needed("type");
    return switch (type) {
      case "function" -> Stream.of(function(tool, space));
      case "custom" ->
          Stream.of(
              new Tool.Custom(
                  name(tool, space, true),
                  tool.text("description").orElse(""),
                  tool.raw("format")));
      case "namespace" -> {
        var name = tool.needed("name");
        yield tool.objects("tools").stream().flatMap(inside -> tools(inside, Optional.of(name)));
      }
      // OpenAI's own tools, an open set; Codex's web_search has no name.
      default -> Stream.of(new Tool.Hosted(type, tool.written()));
    };
  }

  private static Tool function(Members tool, Optional<String> space) {
    return new Tool.Function(
        name(tool, space, false),
        tool.text("description").orElse(""),
        tool.object("parameters").map(Members::written),
        tool.isTrue("strict"));
  }

  private static ToolName name(Members tool, Optional<String> space, boolean custom) {
    return new ToolName(tool.needed("name"), space, custom);
  }

  private static ToolChoice choice(Members body) {
    var choice = body.raw("tool_choice");
    if (choice.isEmpty()) {
      return new ToolChoice.Unsaid();
    }
    return choice.get().isString()
        ? mode(body, "tool_choice")
        : particular(body.object("tool_choice").orElse(body));
  }

  private static ToolChoice mode(Members from, String name) {
    return switch (from.needed(name)) {
      case "auto" -> new ToolChoice.Auto();
      case "none" -> new ToolChoice.None();
      case "required" -> new ToolChoice.Required();
      default -> throw from.wrong(name, "must be none, auto, required or a tool");
    };
  }

  private static ToolChoice particular(Members choice) {
    return switch (choice.needed("type")) {
      case "function" -> new ToolChoice.Named(chosen(choice, false));
      case "custom" -> new ToolChoice.Named(chosen(choice, true));
      case "allowed_tools" -> new ToolChoice.Allowed(isRequired(choice), allowed(choice));
      default -> new ToolChoice.Auto(); // one of OpenAI's own tools
    };
  }

  private static boolean isRequired(Members choice) {
    return choice.raw("mode").isPresent() && mode(choice, "mode") instanceof ToolChoice.Required;
  }

  private static List<ToolName> allowed(Members choice) {
    return choice.objects("tools").stream()
        .filter(tool -> tool.text("name").isPresent())
        .map(tool -> chosen(tool, tool.text("type").filter("custom"::equals).isPresent()))
        .toList();
  }

  private static ToolName chosen(Members choice, boolean custom) {
    return name(choice, choice.text("namespace"), custom);
  }
}
