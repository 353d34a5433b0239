package io.onebalance.dialect;

import io.onebalance.chat.Part;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import tools.jackson.databind.JsonNode;

/// The side of a dialect that faces a provider: requests are written, answers read.
public interface ProviderDialect {
  /// The request as this provider's model takes it. What it cannot express is mapped, dropped and
  /// told in [Outgoing#dropped], or refused.
  ///
  /// @throws BadRequest where leaving something out would change what is asked
  Outgoing write(ChatRequest request, Target target);

  /// The same dialect with JSON schemas that say less, for a request that was refused for those it
  /// had; itself where it knows no others.
  default ProviderDialect modest() {
    return this;
  }

  /// Whether this provider's model gets what these media link to by itself.
  default boolean fetches(Part.Media media, Target target) {
    return true;
  }

  /// A whole answer with status 2xx. `requestId` makes the ids of calls for which the provider has
  /// none.
  ///
  /// @throws UnreadableAnswer where it is not what the dialect says
  Reply read(JsonNode body, String requestId);

  /// A streamed answer.
  StreamReader stream(String requestId);
}
