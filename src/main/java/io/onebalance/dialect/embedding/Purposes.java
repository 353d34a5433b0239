package io.onebalance.dialect.embedding;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a text is embedded for, in the words of each provider. Clients say it in any of them.
final class Purposes {
  /// The members in which clients say it.
  static final Set<String> NAMES = Set.of("task_type", "taskType", "input_type");

  private static final Map<String, String> GEMINI =
      Map.ofEntries(
          Map.entry("QUERY", "RETRIEVAL_QUERY"),
          Map.entry("SEARCH_QUERY", "RETRIEVAL_QUERY"),
          Map.entry("DOCUMENT", "RETRIEVAL_DOCUMENT"),
          Map.entry("SEARCH_DOCUMENT", "RETRIEVAL_DOCUMENT"));

  private static final Map<String, String> COHERE =
      Map.of(
          "RETRIEVAL_QUERY", "search_query",
          "QUESTION_ANSWERING", "search_query",
          "FACT_VERIFICATION", "search_query",
          "CODE_RETRIEVAL_QUERY", "search_query",
          "RETRIEVAL_DOCUMENT", "search_document",
          "CLASSIFICATION", "classification",
          "CLUSTERING", "clustering");

  private Purposes() {}

  static Optional<String> gemini(EmbeddingRequest request) {
    return request
        .extra("task_type", "taskType", "input_type")
        .map(word -> word.toUpperCase(Locale.ROOT))
        .map(word -> GEMINI.getOrDefault(word, word));
  }

  static Optional<String> cohere(EmbeddingRequest request) {
    return gemini(request).flatMap(word -> Optional.ofNullable(COHERE.get(word)));
  }

  static Optional<String> voyage(EmbeddingRequest request) {
    return cohere(request)
        .filter(word -> word.startsWith("search_"))
        .map(word -> word.substring("search_".length()));
  }
}
