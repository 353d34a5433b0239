package io.onebalance.relay.translate;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// The way back of a translated request.
///
/// @param dropped what the provider was not told of the request, by the client's names
/// @param whole makes the client's answer of the provider's; fails with
///   [io.onebalance.dialect.UnreadableAnswer]
/// @param stream the same for a stream, a new one for each, given what takes secrets out of the
///   provider's words about a failure; empty where the answer is never one
public record Translation(
    List<String> dropped,
    UnaryOperator<JsonNode> whole,
    Optional<Function<UnaryOperator<String>, StreamTranslator>> stream) {
  public Translation {
    dropped = List.copyOf(dropped);
  }
}
