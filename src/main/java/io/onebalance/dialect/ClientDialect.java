package io.onebalance.dialect;

import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import tools.jackson.databind.JsonNode;

/// The side of a dialect that faces a client: its requests are read, its answers written.
public interface ClientDialect {
  /// What is asked. A member that is null counts as absent, and one that is unknown as an extra.
  ///
  /// @throws BadRequest where a member is not what the dialect says, naming it
  ChatRequest read(JsonNode body);

  /// A whole answer.
  JsonNode write(Reply reply, Envelope envelope);

  /// A streamed answer.
  StreamWriter stream(Envelope envelope);
}
