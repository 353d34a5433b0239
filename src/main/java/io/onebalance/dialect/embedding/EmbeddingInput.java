package io.onebalance.dialect.embedding;

import java.util.List;

/// One thing to embed.
public sealed interface EmbeddingInput {
  record Text(String text) implements EmbeddingInput {}

  /// What OpenAI's tokenizer made of a text, which only OpenAI's models can read.
  record Tokens(List<Integer> tokens) implements EmbeddingInput {
    public Tokens {
      tokens = List.copyOf(tokens);
    }
  }
}
