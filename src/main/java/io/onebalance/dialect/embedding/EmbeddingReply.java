package io.onebalance.dialect.embedding;

import java.util.List;

/// The vectors, in the order of the inputs.
///
/// @param inputTokens what the inputs were counted as, or are thought to be
public record EmbeddingReply(List<float[]> vectors, long inputTokens) {
  public EmbeddingReply {
    vectors = List.copyOf(vectors);
  }

  /// The answers to the parts of one request, as one.
  public static EmbeddingReply joined(List<EmbeddingReply> replies) {
    return new EmbeddingReply(
        replies.stream().flatMap(reply -> reply.vectors().stream()).toList(),
        replies.stream().mapToLong(EmbeddingReply::inputTokens).sum());
  }
}
