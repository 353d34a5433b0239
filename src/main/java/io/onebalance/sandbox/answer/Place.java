package io.onebalance.sandbox.answer;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which provider a path belongs to, and what is left of it: `/chat/completions`,
/// `/models/gemini-2.5-flash:generateContent`, `/upload/files`.
///
/// @param strict the path names the provider by its prefix, so that credentials must be where that
///   one wants them; without a prefix any usual place will do
public record Place(Pretender pretender, boolean strict, String path) {
  private static final Pattern VERSION = Pattern.compile("^(/upload)?/v1(?:beta|alpha)?(?=/|$)");

  public static Optional<Place> of(Heard heard) {
    var path = heard.path();
    for (var pretender : Pretenders.all()) {
      var prefix = "/" + pretender.name() + "/";
      if (path.startsWith(prefix)) {
        return Optional.of(within(pretender, path.substring(prefix.length() - 1)));
      }
    }
    return path.equals("/") ? Optional.empty() : Optional.of(guessed(heard, path));
  }

  private static Place within(Pretender pretender, String path) {
    var rest = withoutVersion(path);
    return pretender instanceof Gemini && rest.startsWith("/openai/")
        ? new Place(Pretenders.GEMINI_OPENAI, true, rest.substring("/openai".length()))
        : new Place(pretender, true, rest);
  }

  private static Place guessed(Heard heard, String path) {
    var rest = withoutVersion(path);
    if (path.startsWith("/v1beta/openai/")) {
      return new Place(Pretenders.GEMINI_OPENAI, false, rest.substring("/openai".length()));
    }
    return new Place(speaker(heard, path, rest), false, rest);
  }

  private static Pretender speaker(Heard heard, String path, String rest) {
    if (rest.startsWith("/messages") || heard.header("anthropic-version") != null) {
      return Pretenders.ANTHROPIC;
    }
    var google =
        path.startsWith("/upload/")
            || path.startsWith("/v1beta")
            || path.startsWith("/v1alpha")
            || (rest.startsWith("/models/") && rest.contains(":"))
            || heard.header("x-goog-api-key") != null;
    return google ? Pretenders.GEMINI : Pretenders.OPENAI;
  }

  private static String withoutVersion(String path) {
    var rest = VERSION.matcher(path).replaceFirst("$1");
    return rest.isEmpty() ? "/" : rest;
  }
}
