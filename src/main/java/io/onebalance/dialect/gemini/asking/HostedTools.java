package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The tools that Google runs itself, under its own names and those of others.
final class HostedTools {
  static final String SEARCH = "googleSearch";

  private static final Set<String> OWN =
      Set.of(
          SEARCH,
          "googleSearchRetrieval",
          "codeExecution",
          "urlContext",
          "googleMaps",
          "fileSearch",
          "computerUse");

  private HostedTools() {}

  /// Those that Google has too. `searches` is whether the client wants a search without naming a
  /// tool.
  static List<String> known(Tools tools, boolean searches) {
    var known = new LinkedHashSet<String>();
    hosted(tools).map(HostedTools::named).filter(OWN::contains).forEach(known::add);
    if (searches) {
      known.add(SEARCH);
    }
    return List.copyOf(known);
  }

  static Stream<String> unknown(Tools tools) {
    return hosted(tools).filter(tool -> !OWN.contains(named(tool))).map(Tool.Hosted::type);
  }

  static JsonNode written(Tools tools, String type) {
    return hosted(tools)
        .filter(tool -> tool.type().equals(type) && tool.written().has(type))
        .map(Tool.Hosted::written)
        .findFirst()
        .orElseGet(() -> Json.object().set(type, Json.object()));
  }

  private static Stream<Tool.Hosted> hosted(Tools tools) {
    return tools.all().stream()
        .flatMap(tool -> tool instanceof Tool.Hosted hosted ? Stream.of(hosted) : Stream.empty());
  }

  /// `web_search`, `web_search_preview`, `web_search_20250305` …
  private static String named(Tool.Hosted tool) {
    return tool.type().startsWith("web_search") ? SEARCH : tool.type();
  }
}
