package io.onebalance.relay.models;

import io.onebalance.dialect.json.Json;
import io.onebalance.provider.Provider;
import io.onebalance.relay.plan.memory.LiveModels.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Where a provider lists its models, and how its list is read.
final class Lists {
  private Lists() {}

  /// Path and query of a list, which are empty for none.
  record Place(String path, String query) {}

  /// Empty where a provider has no list that we could read.
  static Optional<Place> of(Provider provider) {
    return switch (provider.dialect()) {
      case GEMINI ->
          provider.slug().equals("google-vertex-ai")
              ? Optional.empty()
              : Optional.of(new Place("/v1beta/models", "pageSize=1000"));
      case ANTHROPIC -> Optional.of(new Place("/v1/models", "limit=1000"));
      case OPENAI, NONE -> provider.compatPath("models").map(path -> new Place(path, ""));
    };
  }

  /// The models of a list in any dialect; none where it can't be read.
  static List<Model> read(byte[] list) {
    var models = new ArrayList<Model>();
    Json.read(list).ifPresent(body -> entries(body).forEach(entry -> add(entry, models)));
    return models;
  }

  /// `data` is OpenAI's and Anthropic's, `models` Google's; some send the bare array.
  private static JsonNode entries(JsonNode body) {
    if (body.isArray()) {
      return body;
    }
    return body.has("data") ? body.path("data") : body.path("models");
  }

  private static void add(JsonNode entry, List<Model> models) {
    var written = entry.has("id") ? entry.path("id") : entry.path("name");
    var id = written.asString("");
    if (!id.isEmpty()) {
      var bare = id.startsWith("models/") ? id.substring("models/".length()) : id;
      var label = entry.path(entry.has("display_name") ? "display_name" : "displayName");
      models.add(new Model(bare, label.asString(bare)));
    }
  }
}
