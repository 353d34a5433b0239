package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.answer.Citation;
import io.onebalance.dialect.Places;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where an answer is from, as `groundingMetadata` tells it: pages, and which piece of the text
/// each supports, in bytes of UTF-8. Confined to one thread.
final class Grounding {
  private final Places places = new Places();
  private final Set<Citation> known = new LinkedHashSet<>();

  /// The answer's text goes on with this.
  void said(String text) {
    places.add(text);
  }

  void cite(Citation citation) {
    known.add(citation);
  }

  /// What this tells that was not told before. A page that supports no piece is told as well.
  List<Citation> read(JsonNode metadata) {
    var pages = metadata.path("groundingChunks");
    var supporting = new HashSet<Integer>();
    var found = new ArrayList<Citation>();
    for (var support : metadata.path("groundingSupports")) {
      var segment = support.path("segment");
      var start = places.charactersAt(segment.path("startIndex").asInt(0));
      var end = places.charactersAt(segment.path("endIndex").asInt(0));
      for (var index : support.path("groundingChunkIndices")) {
        supporting.add(index.asInt(-1));
        page(pages.path(index.asInt(-1)), start, end).ifPresent(found::add);
      }
    }
    for (var i = 0; i < pages.size(); i++) {
      if (!supporting.contains(i)) {
        page(pages.path(i), 0, 0).ifPresent(found::add);
      }
    }
    return found.stream().filter(known::add).toList();
  }

  /// Empty for what is no page of the web.
  private static Optional<Citation> page(JsonNode chunk, int start, int end) {
    var url = chunk.path("web").path("uri").asString("");
    var title = chunk.path("web").path("title").asString("");
    return url.isEmpty()
        ? Optional.empty()
        : Optional.of(new Citation(url, title, start, Math.max(start, end)));
  }

  /// All that is known; empty where nothing is.
  Optional<ObjectNode> written() {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    var pages = new LinkedHashMap<String, Integer>();
    var written = Json.object();
    var chunks = written.putArray("groundingChunks");
    var supports = written.putArray("groundingSupports");
    for (var citation : known) {
      if (pages.putIfAbsent(citation.url(), pages.size()) == null) {
        chunks
            .addObject()
            .putObject("web")
            .put("uri", citation.url())
            .put("title", citation.title());
      }
      if (citation.start() < citation.end()) {
        var support = supports.addObject();
        support
            .putObject("segment")
            .put("startIndex", places.bytesAt(citation.start()))
            .put("endIndex", places.bytesAt(citation.end()));
        support.putArray("groundingChunkIndices").add(pages.get(citation.url()));
      }
    }
    return Optional.of(written);
  }
}
