package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.answer.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Errors within a stream, told and read.
final class Errors {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_]{1,48}");
  private static final Pattern LIMITED = Pattern.compile(".*(rate.?limit|too.?many|quota|429).*");
  private static final Pattern OVERLOADED =
      Pattern.compile(".*(overload|capacity|unavailable|insufficient_system|503|529|498).*");
  private static final Pattern INVALID =
      Pattern.compile(".*(invalid|bad.?request|context_length|not_found|400|404|413|422).*");

  private Errors() {}

  /// How clients are told of a kind of failure.
  record Told(String type, String code) {}

  static Told of(Failure.Kind kind) {
    return switch (kind) {
      case OVERLOADED -> new Told("server_error", "overloaded");
      case LIMITED -> new Told("rate_limit_error", "rate_limit_exceeded");
      case INVALID -> new Told("invalid_request_error", "invalid_request");
      case BROKEN -> new Told("server_error", "upstream_broken");
    };
  }

  /// The error in an event or an answer, if it holds one: nested, flat as Mistral's, or a string as
  /// Grok's.
  static Optional<Failure> in(JsonNode told) {
    var error = told.path("error");
    if (error.isObject() || (error.isString() && !error.stringValue().isEmpty())) {
      return Optional.of(failure(error));
    }
    var flat = told.path("object").asString("").equals("error");
    return flat ? Optional.of(failure(told)) : Optional.empty();
  }

  /// The provider ended an answer with this word.
  static Failure broken(String word) {
    return failure(word, word);
  }

  /// Its message stays out: it may echo what is secret. A code is a word that tells as much.
  private static Failure failure(JsonNode error) {
    var code = word(error, "code");
    var type = word(error, "type");
    return failure(code + " " + type, WORD.matcher(code).matches() ? code : type);
  }

  private static Failure failure(String words, String word) {
    var told = WORD.matcher(word).matches() ? ": " + word : "";
    return new Failure(
        kind(words.toLowerCase(Locale.ROOT)), "the provider broke the answer off" + told);
  }

  private static String word(JsonNode error, String name) {
    return error.path(name).asString("");
  }

  private static Failure.Kind kind(String words) {
    if (LIMITED.matcher(words).matches()) {
      return Failure.Kind.LIMITED;
    }
    if (OVERLOADED.matcher(words).matches()) {
      return Failure.Kind.OVERLOADED;
    }
    return INVALID.matcher(words).matches() ? Failure.Kind.INVALID : Failure.Kind.BROKEN;
  }
}
