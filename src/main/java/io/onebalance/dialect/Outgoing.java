package io.onebalance.dialect;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A request as a provider takes it.
///
/// @param dropped what it leaves out of the client's request, by the client's names where there is
///   one; told to the client
public record Outgoing(JsonNode body, List<String> dropped) {
  public Outgoing {
    dropped = List.copyOf(dropped);
  }
}
