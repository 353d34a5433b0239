package io.onebalance.relay.translate;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A request as a provider takes it, in as many parts as it needs, and the way back of all their
/// answers together.
///
/// @param dropped what the provider is not told of the request, by the client's names
/// @param joined makes the client's answer of the provider's, in the order of the parts; fails with
///   [io.onebalance.dialect.UnreadableAnswer]
public record Batch(
    List<Interpreted> parts, List<String> dropped, Function<List<JsonNode>, JsonNode> joined) {
  public Batch {
    parts = List.copyOf(parts);
    dropped = List.copyOf(dropped);
  }
}
