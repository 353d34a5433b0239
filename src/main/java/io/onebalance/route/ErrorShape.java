package io.onebalance.route;

import io.onebalance.http.Fields;
import java.util.Set;

/// Whose error body a client understands. The path decides where it can, because it says which SDK
/// asks; otherwise the header fields do.
public enum ErrorShape {
  OPENAI,
  ANTHROPIC,
  GOOGLE;

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
      case Call.Gemini _ -> GOOGLE;
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
    if (GOOGLES.contains(asked.provider()) || ModelPath.verb(path).isPresent()) {
      return GOOGLE;
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
