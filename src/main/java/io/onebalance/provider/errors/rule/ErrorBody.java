package io.onebalance.provider.errors.rule;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// An error body out of its wrappings: `document` is the whole, `error` its inner part. `codes` are
/// all words by which it names itself, in lower case, whatever field they stand in; `message` is
/// its prose.
public record ErrorBody(JsonNode document, JsonNode error, Set<String> codes, String message) {
  /// Longer messages say nothing more, and are read by regular expressions.
  private static final int LONGEST_MESSAGE = 8 * 1024;

  /// How many errors may be wrapped as text in one another.
  private static final int DEEPEST = 10;

  private static final List<String> CODES =
      List.of(
          "code",
          "type",
          "status",
          "error_code",
          "err_code",
          "category",
          "reason",
          "title",
          "__type");

  private static final List<String> MESSAGES =
      List.of("message", "msg", "err_msg", "detail", "title", "description", "Message");

  public static ErrorBody of(byte[] body) {
    var found = of(Json.read(body), 0);
    return found.isJson()
        ? found
        : new ErrorBody(found.document, found.error, Set.of(), cut(text(body)));
  }

  public static ErrorBody of(JsonNode document) {
    return of(document, 0);
  }

  /// Whether it is a JSON object, or an array of such.
  public boolean isJson() {
    return error.isObject() || document.isObject();
  }

  /// Whether it is a web page.
  public boolean isPage() {
    return !isJson() && message.stripLeading().startsWith("<");
  }

  public boolean has(String code) {
    return codes.contains(code);
  }

  private static ErrorBody of(JsonNode wrapped, int depth) {
    var document = element(wrapped);
    var error = inner(document);
    var message = message(document, error);
    if (depth < DEEPEST && looksWrapped(message)) {
      var within = Json.read(message);
      if (within.isObject() || within.isArray()) {
        return of(within, depth + 1);
      }
    }
    return new ErrorBody(document, error, codes(document, error), cut(message));
  }

  /// Of an array, the first element that has an error, else the first.
  private static JsonNode element(JsonNode document) {
    if (!document.isArray()) {
      return document;
    }
    for (var element : document) {
      if (element.has("error")) {
        return element;
      }
    }
    return document.path(0);
  }

  private static JsonNode inner(JsonNode document) {
    for (var name : List.of("error", "detail", "errors")) {
      var inner = document.path(name);
      if (inner.isArray()) {
        inner = inner.path(0);
      }
      if (inner.isObject()) {
        return inner;
      }
    }
    return document;
  }

  private static boolean looksWrapped(String message) {
    var start = message.stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private static String message(JsonNode document, JsonNode error) {
    for (var name : MESSAGES) {
      var text = Json.text(error.path(name));
      if (!text.isEmpty()) {
        return text;
      }
    }
    var flat = Json.text(document.path("error"));
    return flat.isEmpty() ? Json.text(document.path("message")) : flat;
  }

  private static Set<String> codes(JsonNode document, JsonNode error) {
    var codes = new LinkedHashSet<String>();
    for (var name : CODES) {
      add(codes, error.path(name));
      add(codes, document.path(name));
    }
    add(codes, error.path("details").path("error_code"));
    return codes;
  }

  /// AWS writes a namespace before a `#`.
  private static void add(Set<String> codes, JsonNode node) {
    var text = Json.text(node);
    if (!text.isEmpty()) {
      codes.add(text.substring(text.lastIndexOf('#') + 1).toLowerCase(Locale.ROOT));
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
  }

  private static String text(byte[] body) {
    var length = Math.min(body.length, LONGEST_MESSAGE);
    return new String(body, 0, length, StandardCharsets.UTF_8);
  }
}
