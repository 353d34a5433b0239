package io.onebalance.relay.translate;

import io.onebalance.dialect.ProviderDialect;
import io.onebalance.provider.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a provider takes conversations, and in which dialect.
sealed interface Surface {
  /// Empty where this provider takes none that we could translate.
  static Optional<Surface> of(Provider provider, String model) {
    return provider.servesOnlyResponses(model)
        ? provider
            .compatPath("responses")
            .map(path -> new AtOnePath(Tongues.RESPONSES_PROVIDER, path))
        : usual(provider);
  }

  private static Optional<Surface> usual(Provider provider) {
    return switch (provider.dialect()) {
      case GEMINI -> Optional.of(Gemini.of(provider));
      case ANTHROPIC -> Optional.of(new AtOnePath(Tongues.ANTHROPIC, "/v1/messages"));
      case OPENAI, NONE ->
          provider.compatPath("chat/completions").map(path -> new AtOnePath(Tongues.OPENAI, path));
    };
  }

  ProviderDialect dialect();

  String path(String model, boolean stream);

  /// The query of a request, empty for none.
  String query(boolean stream);

  /// One path for all models, whole or streamed.
  record AtOnePath(ProviderDialect dialect, String path) implements Surface {
    @Override
    public String path(String model, boolean stream) {
      return path;
    }

    @Override
    public String query(boolean stream) {
      return "";
    }
  }

  /// Vertex knows Google's models under their publisher.
  record Gemini(boolean vertex) implements Surface {
    static Gemini of(Provider provider) {
      return new Gemini(provider.slug().equals("google-vertex-ai"));
    }

    @Override
    public ProviderDialect dialect() {
      return Tongues.GEMINI;
    }

    @Override
    public String path(String model, boolean stream) {
      return at(model) + (stream ? ":streamGenerateContent" : ":generateContent");
    }

    /// Without `alt=sse` the stream is a JSON array in pieces.
    @Override
    public String query(boolean stream) {
      return stream ? "alt=sse" : "";
    }

    String at(String model) {
      var name = URLEncoder.encode(model, StandardCharsets.UTF_8);
      return (vertex ? "/v1/publishers/google/models/" : "/v1beta/models/") + name;
    }
  }
}
