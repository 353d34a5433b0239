package io.onebalance.route;

import io.onebalance.http.Fields;
import java.util.Optional;
import java.util.Set;

/// Whose error body a client understands. The path decides where it can, because it says which SDK
/// asks; otherwise the header fields do.
public enum ErrorShape {
  OPENAI,
  ANTHROPIC,
  GOOGLE,
  /// Google's in an array, as the one piece of a stream that was to come in one.
  GOOGLE_ARRAY;

  private static final Set<String> GOOGLES =
      Set.of("google-ai-studio", "google", "gemini", "google-vertex-ai");

  /// The shape for this request. What can't be told is OpenAI's: most clients read it.
  public static ErrorShape of(Endpoint endpoint, Fields headers) {
    return switch (endpoint) {
      case Endpoint.Native asked -> ofPath(asked, headers);
      case Endpoint.Compat(var call, _) -> of(call, headers);
      case Endpoint.NotFound _ -> byHeaders(headers);
    };
  }

  /// The shape of a call that we understand.
  public static ErrorShape of(Call call, Fields headers) {
    return switch (call) {
      case Call.Chat _, Call.Embeddings _, Call.Responses _ -> OPENAI;
      case Call.Messages _, Call.CountTokens _, Call.Hello _ -> ANTHROPIC;
      case Call.Gemini(var verb, _) -> verb == Call.Verb.STREAM_ARRAY ? GOOGLE_ARRAY : GOOGLE;
      case Call.Models(var version) -> ofListing(version, headers);
      case Call.Model(var version, _) -> ofListing(version, headers);
    };
  }

  private static ErrorShape ofListing(String version, Fields headers) {
    var shape = byHeaders(headers);
    return shape == OPENAI && version.startsWith("v1b") ? GOOGLE : shape;
  }

  private static ErrorShape ofPath(Endpoint.Native asked, Fields headers) {
    var path = asked.path();
    if (path.contains("/openai/") || path.endsWith("/chat/completions")) {
      return OPENAI;
    }
    if (path.endsWith("/v1/messages") || path.contains("/v1/messages/")) {
      return ANTHROPIC;
    }
    var verb = ModelPath.verb(path);
    if (GOOGLES.contains(asked.provider()) || verb.isPresent()) {
      var streams = verb.equals(Optional.of(Call.Verb.STREAM.word()));
      return streams && !Alt.isSse(asked.query()) ? GOOGLE_ARRAY : GOOGLE;
    }
    return asked.provider().equals("anthropic") ? ANTHROPIC : byHeaders(headers);
  }

  private static ErrorShape byHeaders(Fields headers) {
    if (headers.first("anthropic-version") != null) {
      return ANTHROPIC;
    }
    var google =
        headers.first("x-goog-api-key") != null || headers.first("x-goog-api-client") != null;
    return google ? GOOGLE : OPENAI;
  }
}
