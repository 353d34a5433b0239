package io.onebalance.route;

import java.util.List;
import java.util.Set;

/// What a call leaves behind, and so whether it may be sent again after a failure that leaves open
/// whether it was done (sent, and no answer came).
public enum Effect {
  /// Nothing but its answer: one more try is fair.
  REPEATABLE,
  /// Something, or something dear: files, batches, images, video, stored responses, jobs.
  ONCE;

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /// How the paths of repeatable calls end. Whatever is unknown is done once.
  private static final List<String> ENDINGS =
      List.of(
          "/chat/completions",
          "/v1/completions",
          "/fim/completions",
          "/v1/chat",
          "/v2/chat",
          "/v1/messages",
          "/messages/count_tokens",
          "/embeddings",
          "/embed",
          "/moderations",
          "/rerank",
          "/responses/input_tokens",
          "/audio/transcriptions",
          "/audio/translations",
          "/audio/speech",
          "/converse",
          "/converse-stream",
          "/invoke",
          "/invoke-with-response-stream");

  private static final Set<String> VERBS =
      Set.of(
          "generateContent",
          "streamGenerateContent",
          "countTokens",
          "computeTokens",
          "embedContent",
          "batchEmbedContents",
          "rawPredict",
          "streamRawPredict");

  /// The effect of a call to a provider's own API.
  public static Effect of(String method, String path) {
    if (READING.contains(method)) {
      return REPEATABLE;
    }
    var verb = ModelPath.verb(path);
    var repeatable = verb.isPresent() ? VERBS.contains(verb.get()) : endsAsRepeatable(path);
    return method.equals("POST") && repeatable ? REPEATABLE : ONCE;
  }

  private static boolean endsAsRepeatable(String path) {
    for (var ending : ENDINGS) {
      if (path.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /// The effect of a call that we understand. A stored response is state, and it is stored unless
  /// the request says otherwise.
  public static Effect of(Call call) {
    return switch (call) {
      case Call.Responses _ -> ONCE;
      case Call.Chat _,
          Call.Embeddings _,
          Call.Messages _,
          Call.CountTokens _,
          Call.Gemini _,
          Call.Models _,
          Call.Model _,
          Call.Hello _ ->
          REPEATABLE;
    };
  }
}
