package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes `toolConfig`: whether and which functions must be called.
final class ChoiceWriter {
  private final ToolNames names;
  private final Addressee to;

  ChoiceWriter(ToolNames names, Addressee to) {
    this.names = names;
    this.to = to;
  }

  /// `hosted` is whether tools stand beside them that Google runs.
  void write(Tools tools, boolean hosted, ObjectNode body) {
    var free =
        hosted || isStrict(tools) ? Optional.of(mode("VALIDATED")) : Optional.<ObjectNode>empty();
    var calling =
        switch (tools.choice()) {
          case ToolChoice.Unsaid(), ToolChoice.Auto() -> free;
          case ToolChoice.None() -> Optional.of(mode("NONE"));
          case ToolChoice.Required() -> Optional.of(mode("ANY"));
          case ToolChoice.Named(var name) -> Optional.of(only(List.of(name)));
          case ToolChoice.Allowed(var required, var allowed) ->
              required ? Optional.of(only(allowed)) : free;
        };
    calling.ifPresent(config -> body.withObject("toolConfig").set("functionCallingConfig", config));
    if (hosted && !to.vertex()) {
      body.withObject("toolConfig").put("includeServerSideToolInvocations", true);
    }
  }

  private static boolean isStrict(Tools tools) {
    return tools.all().stream()
        .anyMatch(tool -> tool instanceof Tool.Function(_, _, _, var strict) && strict);
  }

  private static ObjectNode mode(String mode) {
    return Json.object().put("mode", mode);
  }

  private ObjectNode only(List<ToolName> allowed) {
    var config = mode("ANY");
    var written = config.putArray("allowedFunctionNames");
    for (var name : allowed) {
      if (!names.knows(name)) {
        throw new BadRequest("tool_choice", "names a tool that is not in tools");
      }
      written.add(names.of(name));
    }
    return config;
  }
}
