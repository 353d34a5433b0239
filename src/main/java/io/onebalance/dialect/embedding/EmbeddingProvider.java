package io.onebalance.dialect.embedding;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.BadRequest;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A provider's way to be asked for vectors.
public interface EmbeddingProvider {
  /// The requests that it takes, more than one where there are more inputs than it takes at once.
  /// Each is to be answered, and their answers joined in this order ([EmbeddingReply#joined]).
  ///
  /// @throws BadRequest where it cannot be asked for this
  List<Asked> write(EmbeddingRequest request, Target target);

  /// The answer to one of these.
  ///
  /// @throws UnreadableAnswer where it is not what this provider answers, or of another number
  EmbeddingReply read(JsonNode body, Asked asked);

  /// One request.
  ///
  /// @param part what of the client's request it asks for
  /// @param dropped what it leaves out, by the client's names
  record Asked(JsonNode body, EmbeddingRequest part, Target target, List<String> dropped) {
    public Asked {
      dropped = List.copyOf(dropped);
    }
  }
}
