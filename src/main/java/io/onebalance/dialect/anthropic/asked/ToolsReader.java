package io.onebalance.dialect.anthropic.asked;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.anthropic.words.CacheMarks;
import io.onebalance.dialect.json.Members;
import java.util.ArrayList;
import java.util.Optional;

/// Reads what the model may call. Tools that are to be found by a search only (`defer_loading`) are
/// told to every model: no other has such a search.
final class ToolsReader {
  /// What Claude Code sends so that a list of deferred tools is never empty; nobody can call it.
  private static final String PLACEHOLDER = "DeferredToolPlaceholder";

  private final CacheMarks marks;

  ToolsReader(CacheMarks marks) {
    this.marks = marks;
  }

  Tools read(Members body) {
    var all = new ArrayList<Tool>();
    for (var tool : body.objects("tools")) {
      if (!isPlaceholder(tool)) {
        var read = tool(tool);
        marks.note(tool, read);
        all.add(read);
      }
    }
    var choice = body.object("tool_choice");
    var single = choice.map(said -> said.isTrue("disable_parallel_tool_use")).orElse(false);
    return new Tools(
        all, choice.map(ToolsReader::choice).orElseGet(ToolChoice.Unsaid::new), !single);
  }

  private static boolean isPlaceholder(Members tool) {
    return tool.isTrue("defer_loading") && tool.text("name").equals(Optional.of(PLACEHOLDER));
  }

  private static Tool tool(Members tool) {
    var type = tool.text("type").orElse("custom");
    if (!type.equals("custom")) {
      return new Tool.Hosted(type, tool.written());
    }
    return new Tool.Function(
        ToolName.of(tool.needed("name")),
        tool.text("description").orElse(""),
        tool.object("input_schema").map(Members::written),
        tool.isTrue("strict"));
  }

  private static ToolChoice choice(Members said) {
    return switch (said.needed("type")) {
      case "auto" -> new ToolChoice.Auto();
      case "any" -> new ToolChoice.Required();
      case "none" -> new ToolChoice.None();
      case "tool" -> new ToolChoice.Named(ToolName.of(said.needed("name")));
      default -> throw said.wrong("type", "must be auto, any, tool or none");
    };
  }
}
