package io.onebalance.sandbox;

import io.onebalance.sandbox.answer.Heard;
import io.onebalance.sandbox.answer.Place;
import io.onebalance.sandbox.answer.Pretender;
import io.onebalance.sandbox.anthropic.Anthropic;
import io.onebalance.sandbox.gemini.Gemini;
import io.onebalance.sandbox.gemini.GeminiOpenAi;
import io.onebalance.sandbox.openai.OpenAi;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds which of the pretended providers a path belongs to.
final class Places {
  private static final Pretender GEMINI = new Gemini();
  private static final Pretender GEMINI_OPENAI = new GeminiOpenAi();
  private static final Pretender OPENAI = new OpenAi();
  private static final Pretender ANTHROPIC = new Anthropic();

  /// What stands before the part of a path that matters; Vertex AI names its models' project,
  /// location and publisher there.
  private static final Pattern VERSION =
      Pattern.compile(
          "^(/upload)?/v1(?:beta1?|alpha)?(?:/projects/[^/]+/locations/[^/]+)?"
              + "(?:/publishers/google)?(?=/|$)");

  private Places() {}

  /// The place of a request, or nothing for the sandbox's own page.
  static Optional<Place> of(Heard heard) {
    var path = heard.path();
    for (var pretender : List.of(GEMINI, OPENAI, ANTHROPIC)) {
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
        ? new Place(GEMINI_OPENAI, true, rest.substring("/openai".length()))
        : new Place(pretender, true, rest);
  }

  private static Place guessed(Heard heard, String path) {
    var rest = withoutVersion(path);
    if (path.startsWith("/v1beta/openai/")) {
      return new Place(GEMINI_OPENAI, false, rest.substring("/openai".length()));
    }
    return new Place(speaker(heard, path, rest), false, rest);
  }

  private static Pretender speaker(Heard heard, String path, String rest) {
    if (rest.startsWith("/messages") || heard.header("anthropic-version") != null) {
      return ANTHROPIC;
    }
    var google =
        path.startsWith("/upload/")
            || path.startsWith("/ws/")
            || path.startsWith("/v1beta")
            || path.startsWith("/v1alpha")
            || (rest.startsWith("/models/") && rest.contains(":"))
            || heard.header("x-goog-api-key") != null;
    return google ? GEMINI : OPENAI;
  }

  private static String withoutVersion(String path) {
    var rest = VERSION.matcher(path).replaceFirst("$1");
    return rest.isEmpty() ? "/" : rest;
  }
}
