package io.onebalance.relay.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/// Whether an answer with status 200 says what was asked for, to its end. One that its provider
/// closed in the middle, or that tells of an error, came through whole as well.
final class EndedWell {
  /// The words in which streams of the dialects tell of their end or of an error. Only events with
  /// one of them are read, since a model may say these words too.
  private static final List<String> WORDS =
      List.of("error", "message_stop", "response.completed", "response.failed", "finishReason");

  private static final Set<String> ENDS = Set.of("message_stop", "response.completed");
  private static final Set<String> ERRORS = Set.of("error", "response.failed");
  private static final JsonFactory JSON = new JsonFactory();

  private EndedWell() {}

  /// What an event says of its stream.
  private enum Mark {
    NONE,
    END,
    ERROR
  }

  static boolean is(@Nullable String type, byte[] body) {
    if (type == null) {
      return false;
    }
    if (type.startsWith("application/json")) {
      return isWhole(body);
    }
    return type.startsWith("text/event-stream") && hasEnded(body);
  }

  private static boolean hasEnded(byte[] body) {
    var events = new Events(body.length);
    var marks =
        Stream.concat(events.feed(body).stream(), events.rest().stream())
            .map(EndedWell::mark)
            .toList();
    return marks.contains(Mark.END) && !marks.contains(Mark.ERROR);
  }

  private static Mark mark(Event event) {
    if (ERRORS.contains(event.type())) {
      return Mark.ERROR;
    }
    var text = new String(event.data(), ISO_8859_1);
    if (text.strip().equals("[DONE]")) {
      return Mark.END;
    }
    return WORDS.stream().anyMatch(text::contains)
        ? Json.read(event.data()).map(EndedWell::mark).orElse(Mark.NONE)
        : Mark.NONE;
  }

  private static Mark mark(JsonNode document) {
    var type = document.path("type").stringValue("");
    if (ERRORS.contains(type)
        || isFilled(document.path("error"))
        || isAny(document.path("choices"), "finish_reason", "error"::equals)) {
      return Mark.ERROR;
    }
    return ENDS.contains(type)
            || isAny(document.path("candidates"), "finishReason", reason -> !reason.isEmpty())
        ? Mark.END
        : Mark.NONE;
  }

  private static boolean isAny(JsonNode choices, String field, Predicate<String> so) {
    return choices.valueStream().anyMatch(choice -> so.test(choice.path(field).stringValue("")));
  }

  private static boolean isFilled(JsonNode error) {
    return error.isContainer()
        ? !error.isEmpty()
        : error.isNumber() || !error.stringValue("").isBlank();
  }

  /// Whether this is one document without an error, or an array of such. It is read token by token:
  /// vectors would be large as trees.
  private static boolean isWhole(byte[] body) {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      var first = parser.nextToken();
      var isGood =
          first == JsonToken.START_ARRAY
              ? areAnswers(parser)
              : first == JsonToken.START_OBJECT && isAnswer(parser);
      return isGood && parser.nextToken() == null;
    } catch (JacksonException broken) {
      return false;
    }
  }

  private static boolean areAnswers(JsonParser parser) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT && !isAnswer(parser)) {
        return false;
      }
      parser.skipChildren();
    }
    return true;
  }

  /// Reads an object up to its end, or to its error.
  private static boolean isAnswer(JsonParser parser) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var isError = parser.currentName().equals("error");
      parser.nextToken();
      if (isError && isFilled(parser)) {
        return false;
      }
      parser.skipChildren();
    }
    return true;
  }

  private static boolean isFilled(JsonParser parser) {
    var error = parser.currentToken();
    return error.isStructStart()
        ? !parser.nextToken().isStructEnd()
        : error.isNumeric() || (error == JsonToken.VALUE_STRING && !parser.getString().isBlank());
  }
}
