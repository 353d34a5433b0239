package io.onebalance.route;

/// A call that we understand, whatever provider answers it in the end.
public sealed interface Call {
  /// OpenAI `POST chat/completions`.
  record Chat() implements Call {}

  /// OpenAI `POST embeddings`.
  record Embeddings() implements Call {}

  /// OpenAI `POST responses`.
  record Responses() implements Call {}

  /// Anthropic `POST messages`.
  record Messages() implements Call {}

  /// Anthropic `POST messages/count_tokens`.
  record CountTokens() implements Call {}

  /// Gemini `POST models/{model}:{verb}`. The model is decoded and may be `provider/model`.
  record Gemini(Verb verb, String model) implements Call {}

  /// `GET models`: what the caller may use. `version` is the segment written before it, or empty.
  record Models(String version) implements Call {}

  /// `GET models/{id}`. The id is decoded and may hold slashes.
  record Model(String version, String id) implements Call {}

  /// Claude Code's question whether we are there: `HEAD api/hello`.
  record Hello() implements Call {}

  /// What may be asked of a Gemini model, written after its name.
  enum Verb {
    GENERATE("generateContent"),
    /// Piece by piece, as server-sent events.
    STREAM("streamGenerateContent"),
    /// Piece by piece, as the elements of one JSON array: what is meant where the query does not
    /// say `alt=sse`.
    STREAM_ARRAY("streamGenerateContent"),
    COUNT_TOKENS("countTokens"),
    EMBED("embedContent"),
    EMBED_MANY("batchEmbedContents");

    private final String word;

    Verb(String word) {
      this.word = word;
    }

    /// Whether the answer is wanted piece by piece.
    public boolean streams() {
      return this == STREAM || this == STREAM_ARRAY;
    }

    /// The verb as it is written in the path.
    public String word() {
      return word;
    }
  }
}
