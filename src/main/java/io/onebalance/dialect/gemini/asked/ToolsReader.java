package io.onebalance.dialect.gemini.asked;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.gemini.schema.LegacySchema;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads `tools` and `toolConfig`.
final class ToolsReader {
  private static final Set<String> FUNCTIONS = Set.of("functionDeclarations");

  private ToolsReader() {}

  static Tools read(Proto body) {
    var all = new ArrayList<Tool>();
    for (var tool : body.objects("tools")) {
      tool.objects("functionDeclarations").forEach(function -> all.add(function(function)));
      tool.others(FUNCTIONS)
          .forEach((type, value) -> all.add(new Tool.Hosted(type, Json.object().set(type, value))));
    }
    var calling =
        body.object("toolConfig").flatMap(config -> config.object("functionCallingConfig"));
    return new Tools(all, calling.map(ToolsReader::choice).orElseGet(ToolChoice.Unsaid::new), true);
  }

  private static Tool function(Proto function) {
    return new Tool.Function(
        ToolName.of(function.needed("name")),
        function.text("description").orElse(""),
        function
            .raw("parametersJsonSchema")
            .or(() -> function.raw("parameters").map(LegacySchema::read)),
        false);
  }

  private static ToolChoice choice(Proto calling) {
    var allowed = calling.texts("allowedFunctionNames").stream().map(ToolName::of).toList();
    return switch (calling.text("mode").orElse("").toUpperCase(Locale.ROOT)) {
      case "", "MODE_UNSPECIFIED" -> new ToolChoice.Unsaid();
      case "AUTO" -> new ToolChoice.Auto();
      case "NONE" -> new ToolChoice.None();
      case "VALIDATED" ->
          allowed.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Allowed(false, allowed);
      case "ANY" -> must(allowed);
      default -> throw calling.wrong("mode", "must be AUTO, ANY, NONE or VALIDATED");
    };
  }

  private static ToolChoice must(List<ToolName> allowed) {
    return switch (allowed.size()) {
      case 0 -> new ToolChoice.Required();
      case 1 -> new ToolChoice.Named(allowed.getFirst());
      default -> new ToolChoice.Allowed(true, allowed);
    };
  }
}
