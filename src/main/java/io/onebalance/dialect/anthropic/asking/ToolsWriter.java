package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.anthropic.words.CacheMarks;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what the model may call, and whether it must.
final class ToolsWriter {
  /// Anthropic's own tools carry the date of their version.
  private static final Pattern DATED = Pattern.compile("[a-z_]+_\\d{8}");

  private final CacheMarks marks;
  private final Names names;
  private final Set<String> dropped;
  private final Set<String> offered = new HashSet<>();

  ToolsWriter(CacheMarks marks, Names names, Set<String> dropped) {
    this.marks = marks;
    this.names = names;
    this.dropped = dropped;
  }

  ArrayNode tools(Tools tools) {
    var written = Json.array();
    tools.all().stream()
        .filter(tool -> isAllowed(tool, tools.choice()))
        .forEach(tool ->
            tool(tool)
                .ifPresent(block -> {
                  // Of two tools with one name the first counts, since a provider refuses both.
                  if (offered.add(block.path("name").asString(""))) {
                    marks.mark(tool, block);
                    written.add(block);
                  }
                }));
    return written;
  }

  /// A thinking model cannot be made to call a tool, only be kept from it.
  Optional<ObjectNode> choice(Tools tools, boolean thinking) {
    var wanted = Json.object().put("type", word(tools.choice()));
    if (tools.choice() instanceof ToolChoice.Named(var name)) {
      wanted.put("name", offered(name));
    }
    var said = !(tools.choice() instanceof ToolChoice.Unsaid);
    var type = wanted.path("type").stringValue();
    if (thinking && (type.equals("any") || type.equals("tool"))) {
      dropped.add("tool_choice");
      wanted = Json.object().put("type", "auto");
    }
    if (!tools.parallel() && !type.equals("none")) {
      return Optional.of(wanted.put("disable_parallel_tool_use", true));
    }
    return said ? Optional.of(wanted) : Optional.empty();
  }

  /// There is nothing to choose from.
  void choiceOfNone(ToolChoice choice) {
    if (choice instanceof ToolChoice.Named(var name)) {
      offered(name);
    }
    if (word(choice).equals("any")) {
      dropped.add("tool_choice");
    }
  }

  private String offered(ToolName wanted) {
    var name = names.of(wanted);
    if (!offered.contains(name)) {
      throw new BadRequest("tool_choice", "names a tool that this model is not offered");
    }
    return name;
  }

  private static String word(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Unsaid _, ToolChoice.Auto _ -> "auto";
      case ToolChoice.None _ -> "none";
      case ToolChoice.Required _ -> "any";
      case ToolChoice.Named _ -> "tool";
      case ToolChoice.Allowed(var required, _) -> required ? "any" : "auto";
    };
  }

  /// What is not among the allowed is not even told of: there is no other way to say it.
  private static boolean isAllowed(Tool tool, ToolChoice choice) {
    if (!(choice instanceof ToolChoice.Allowed(_, var allowed))) {
      return true;
    }
    return switch (tool) {
      case Tool.Function function ->
          allowed.stream().anyMatch(name -> name.flat().equals(function.name().flat()));
      case Tool.Custom custom ->
          allowed.stream().anyMatch(name -> name.flat().equals(custom.name().flat()));
      case Tool.Hosted _ -> false;
    };
  }

  private Optional<ObjectNode> tool(Tool tool) {
    return switch (tool) {
      case Tool.Function function -> Optional.of(function(function));
      case Tool.Custom custom -> Optional.of(custom(custom));
      case Tool.Hosted(var type, var written)
          when DATED.matcher(type).matches() && written instanceof ObjectNode own ->
          Optional.of(own.deepCopy());
      case Tool.Hosted(var type, _) -> {
        dropped.add("tools." + type);
        yield Optional.empty();
      }
    };
  }

  private ObjectNode function(Tool.Function function) {
    if (function.strict()) {
      dropped.add("strict");
    }
    var block = described(names.of(function.name()), function.description());
    block.set("input_schema", Schemas.root(function.parameters()));
    return block;
  }

  /// A tool that takes free text gets it in an object, as models of this dialect write nothing
  /// else.
  private ObjectNode custom(Tool.Custom custom) {
    var format = custom.format().map(Json::text).map(text -> "Format of the input: " + text);
    var description =
        Stream.concat(Stream.of(custom.description()), format.stream())
            .filter(text -> !text.isEmpty())
            .toList();
    var block = described(names.of(custom.name()), String.join("\n\n", description));
    block.set("input_schema", FreeText.schema());
    return block;
  }

  private static ObjectNode described(String name, String description) {
    var block = Json.object().put("name", name);
    return description.isEmpty() ? block : block.put("description", description);
  }
}
