package io.onebalance.relay.translate;

import io.onebalance.dialect.embedding.CohereEmbeddingProvider;
import io.onebalance.dialect.embedding.EmbeddingProvider;
import io.onebalance.dialect.embedding.GeminiEmbeddingProvider;
import io.onebalance.dialect.embedding.OpenAiEmbeddingProvider;
import io.onebalance.dialect.embedding.VertexEmbeddingProvider;
import io.onebalance.provider.Provider;
import io.onebalance.provider.answer.Dialect;
import java.util.Optional;

/// Where a provider's model makes vectors of texts, and how it is asked.
record EmbeddingSurface(EmbeddingProvider dialect, String path) {
  private static final EmbeddingProvider OPENAI = new OpenAiEmbeddingProvider();
  private static final EmbeddingProvider GEMINI = new GeminiEmbeddingProvider();
  private static final EmbeddingProvider VERTEX = new VertexEmbeddingProvider();
  private static final EmbeddingProvider COHERE = new CohereEmbeddingProvider();

  /// Empty where this provider makes none that we know of.
  static Optional<EmbeddingSurface> of(Provider provider, String model) {
    if (provider.slug().equals("cohere")) {
      return Optional.of(new EmbeddingSurface(COHERE, "/v2/embed"));
    }
    if (provider.dialect() == Dialect.GEMINI) {
      return Optional.of(google(provider, model));
    }
    return provider.compatPath("embeddings").map(path -> new EmbeddingSurface(OPENAI, path));
  }

  private static EmbeddingSurface google(Provider provider, String model) {
    var at = Surface.Gemini.of(provider).at(model);
    return Surface.Gemini.of(provider).vertex()
        ? new EmbeddingSurface(VERTEX, at + ":" + VertexEmbeddingProvider.verb(model))
        : new EmbeddingSurface(GEMINI, at + ":batchEmbedContents");
  }

  /// Whether this provider takes what OpenAI's clients write, byte for byte.
  static boolean isOpenAis(Provider provider) {
    return provider.dialect() != Dialect.GEMINI
        && !provider.slug().equals("cohere")
        && !OpenAiEmbeddingProvider.differs(provider.slug())
        && provider.compatPath("embeddings").isPresent();
  }
}
