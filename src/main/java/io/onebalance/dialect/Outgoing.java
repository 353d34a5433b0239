package io.onebalance.dialect;

import io.onebalance.chat.ToolName;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A request as a provider takes it.
///
/// @param dropped what it leaves out of the client's request, by the client's names where there is
///   one; told to the client
/// @param renamed the tools that the provider knows by other names than the client, by the
///   provider's; [Restored] gives the answer's calls their own back
/// @param oneCall whether the client takes one call at a time and the provider cannot be told so:
///   [FirstCall] keeps the others from it
public record Outgoing(
    JsonNode body, List<String> dropped, Map<String, ToolName> renamed, boolean oneCall) {
  public Outgoing {
    dropped = List.copyOf(dropped);
    renamed = Map.copyOf(renamed);
  }

  /// A request whose answer may have as many calls as it has.
  public Outgoing(JsonNode body, List<String> dropped, Map<String, ToolName> renamed) {
    this(body, dropped, renamed, false);
  }

  /// The same whose tools keep their names.
  public Outgoing(JsonNode body, List<String> dropped) {
    this(body, dropped, Map.of());
  }
}
