package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.answer.Citation;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where an answer is from: the `url_citation` among the `annotations` of a message.
final class Citations {
  private static final String TYPE = "url_citation";

  private Citations() {}

  /// Annotations of other kinds are passed over.
  static List<Citation> read(JsonNode message) {
    var read = new ArrayList<Citation>();
    for (var annotation : message.path("annotations")) {
      var told = annotation.path(TYPE);
      var url = told.path("url").asString("");
      if (!url.isEmpty()) {
        var start = Math.max(0, told.path("start_index").asInt(0));
        var end = Math.max(start, told.path("end_index").asInt(0));
        read.add(new Citation(url, told.path("title").asString(""), start, end));
      }
    }
    return read;
  }

  static void write(List<Citation> citations, ObjectNode message) {
    if (!citations.isEmpty()) {
      var annotations = message.putArray("annotations");
      citations.forEach(citation -> annotations.add(written(citation)));
    }
  }

  private static ObjectNode written(Citation citation) {
    var annotation = Json.object().put("type", TYPE);
    annotation
        .putObject(TYPE)
        .put("start_index", citation.start())
        .put("end_index", citation.end())
        .put("title", citation.title())
        .put("url", citation.url());
    return annotation;
  }
}
