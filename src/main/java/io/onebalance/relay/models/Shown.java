package io.onebalance.relay.models;

import io.onebalance.dialect.json.Json;
import io.onebalance.route.ErrorShape;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Models as a client's SDK reads them.
final class Shown {
  /// Nobody tells when most models were made; SDKs insist on a time.
  private static final String BEGINNING = "1970-01-01T00:00:00Z";

  private Shown() {}

  static JsonNode list(List<Offer> offers, ErrorShape shape) {
    var list = Json.object();
    var entries = list.putArray(shape == ErrorShape.GOOGLE ? "models" : "data");
    offers.forEach(offer -> entries.add(one(offer, shape)));
    switch (shape) {
      case OPENAI -> list.put("object", "list");
      case ANTHROPIC -> page(list, offers);
      case GOOGLE, GOOGLE_ARRAY -> {
        // a list without nextPageToken is complete
      }
    }
    return list;
  }

  static JsonNode one(Offer offer, ErrorShape shape) {
    return switch (shape) {
      case OPENAI ->
          Json.object()
              .put("id", offer.id())
              .put("object", "model")
              .put("created", 0)
              .put("owned_by", offer.owner());
      case ANTHROPIC ->
          Json.object()
              .put("type", "model")
              .put("id", offer.id())
              .put("display_name", offer.label())
              .put("created_at", BEGINNING);
      case GOOGLE, GOOGLE_ARRAY -> google(offer);
    };
  }

  private static ObjectNode google(Offer offer) {
    var model = Json.object().put("name", "models/" + offer.id()).put("displayName", offer.label());
    model
        .putArray("supportedGenerationMethods")
        .add("generateContent")
        .add("streamGenerateContent")
        .add("countTokens");
    return model;
  }

  private static void page(ObjectNode list, List<Offer> offers) {
    list.put("has_more", false);
    if (offers.isEmpty()) {
      list.putNull("first_id").putNull("last_id");
    } else {
      list.put("first_id", offers.getFirst().id()).put("last_id", offers.getLast().id());
    }
  }
}
