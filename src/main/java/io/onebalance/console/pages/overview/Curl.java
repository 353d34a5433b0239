package io.onebalance.console.pages.overview;

import io.onebalance.server.Visit;

/// Requests as somebody types them into a shell.
public final class Curl {
  private Curl() {}

  /// A chat with the program that this visit reached. The gateway key is left to the shell.
  public static String chat(Visit visit, String model, String text) {
    return """
    curl %s/v1/chat/completions \\
      -H "Authorization: Bearer $AUTH_KEY" -H 'Content-Type: application/json' \\
      -d '{"model":"%s","messages":[{"role":"user","content":"%s"}]}'\
    """
        .formatted(origin(visit), model, text);
  }

  public static String origin(Visit visit) {
    var host = visit.headers().first("host");
    return (visit.secure() ? "https://" : "http://") + (host == null ? "localhost:8080" : host);
  }
}
