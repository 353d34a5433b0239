package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.gemini.schema.SchemaReducer;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes `tools`: one of them declares all functions, and each that Google runs stands alone.
final class ToolsWriter {
  private final Addressee to;
  private final ToolNames names;
  private final Dropped dropped;

  ToolsWriter(Addressee to, ToolNames names, Dropped dropped) {
    this.to = to;
    this.names = names;
    this.dropped = dropped;
  }

  /// Whether functions are declared.
  boolean write(Tools tools, boolean searches, ObjectNode body) {
    var functions = new ArrayList<ObjectNode>();
    var seen = new HashSet<String>();
    var offered = tools.all().stream().filter(offered(tools.choice()));
    offered
        .flatMap(this::declared)
        .filter(one -> seen.add(one.get("name").stringValue()))
        .forEach(functions::add);
    var hosted = hosted(tools, searches, !functions.isEmpty());
    if (!functions.isEmpty() || !hosted.isEmpty()) {
      var written = body.putArray("tools");
      if (!functions.isEmpty()) {
        written.addObject().putArray("functionDeclarations").addAll(functions);
      }
      hosted.forEach(written::add);
    }
    if (!functions.isEmpty()) {
      new ChoiceWriter(names, to).write(tools, !hosted.isEmpty(), body);
    } else if (forces(tools.choice()) && !tools.all().isEmpty()) {
      throw new BadRequest("tool_choice", "no tool that this provider could call is in tools");
    }
    return !functions.isEmpty();
  }

  private static boolean forces(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Required _, ToolChoice.Named _ -> true;
      case ToolChoice.Allowed(var required, _) -> required;
      case ToolChoice.Unsaid _, ToolChoice.Auto _, ToolChoice.None _ -> false;
    };
  }

  /// Those that may be called but need not are the only ones that are declared.
  private static Predicate<Tool> offered(ToolChoice choice) {
    if (!(choice instanceof ToolChoice.Allowed(var required, var allowed)) || required) {
      return _ -> true;
    }
    var flat = allowed.stream().map(ToolName::flat).toList();
    return tool ->
        switch (tool) {
          case Tool.Function function -> flat.contains(function.name().flat());
          case Tool.Custom custom -> flat.contains(custom.name().flat());
          case Tool.Hosted _ -> true;
        };
  }

  private Stream<ObjectNode> declared(Tool tool) {
    return switch (tool) {
      case Tool.Function(var name, var description, var parameters, _) ->
          Stream.of(declared(name, description, parameters));
      case Tool.Custom(var name, var description, var format) ->
          Stream.of(declared(name, description, Optional.of(text(format))));
      case Tool.Hosted _ -> Stream.empty();
    };
  }

  private ObjectNode declared(ToolName name, String description, Optional<JsonNode> parameters) {
    var declared = Json.object().put("name", names.of(name));
    if (!description.isEmpty()) {
      declared.put("description", description);
    }
    parameters
        .filter(schema -> !SchemaReducer.asksNothing(schema))
        .ifPresent(schema -> {
          if (to.reducesSchemas()) {
            declared.set("parameters", SchemaReducer.legacy(schema));
          } else {
            declared.set("parametersJsonSchema", SchemaReducer.ofParameters(schema));
          }
        });
    return declared;
  }

  /// Free text has no grammar here, so the model is told it.
  private static JsonNode text(Optional<JsonNode> format) {
    var schema = FreeText.schema();
    format
        .map(written -> written.findValue("definition"))
        .filter(JsonNode::isString)
        .ifPresent(grammar ->
            ((ObjectNode) schema.get("properties").get("input"))
                .put("description", "Text of this grammar: " + grammar.stringValue()));
    return schema;
  }

  private ArrayNode hosted(Tools tools, boolean searches, boolean functions) {
    var hosted = Json.array();
    var runs =
        tools.choice() instanceof ToolChoice.None
            ? List.<String>of()
            : HostedTools.known(tools, searches);
    for (var type : runs) {
      if (functions && !to.model().mixesTools()) {
        dropped.tell(type);
      } else {
        hosted.add(HostedTools.written(tools, type));
      }
    }
    HostedTools.unknown(tools).forEach(dropped::tell);
    return hosted;
  }
}
