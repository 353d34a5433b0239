package io.onebalance.provider.errors.opening;

import io.onebalance.http.Fields;
import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Dialect;
import io.onebalance.provider.answer.Mistake;
import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.errors.ErrorFamily;
import io.onebalance.provider.errors.Judge;
import io.onebalance.provider.errors.rule.Complaint;
import io.onebalance.provider.errors.rule.ErrorBody;
import io.onebalance.provider.errors.rule.Json;
import io.onebalance.provider.frame.Frame;
import io.onebalance.provider.limit.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with the beginning of an answer whose status promised success: an error document,
/// an error among its first events, or nothing at all. Good answers are let go after a search for a
/// few words; only what has them is parsed. It judges in the words of one provider.
public record OpeningJudge(Dialect dialect, ErrorFamily errors, Limits limits) {
  private static final Fields NO_FIELDS = _ -> null;

  private static final String DATA = "data:";
  private static final int BAD_REQUEST = 400;
  private static final int SERVERS = 500;

  public Optional<Verdict> judge(Opening opening, Instant now) {
    if (opening.status() == 204 || opening.status() == 205) {
      return Optional.empty();
    }
    if (opening.isFramed() && opening.firstBytes().length > 0) {
      return framed(opening, now);
    }
    var text = searchable(opening.firstBytes());
    if (isBare(opening, text)) {
      return isExpectedToSpeak(opening) ? empty() : Optional.empty();
    }
    var error = text.contains("error");
    var silent = dialect == Dialect.GEMINI && GeminiSilence.isPossible(text);
    var done = opening.isStream() && beginsDone(text);
    if (!error && !silent && !done) {
      return Optional.empty();
    }
    return closely(opening, now);
  }

  /// The error of an opening that was judged to be the client's mistake. It is a 400 where its
  /// words name no status that a client's mistake has.
  public Mistake mistake(Opening opening) {
    var error = opening.isFramed() ? failure(opening) : error(Documents.in(opening));
    var document = error.orElseThrow();
    var status = SpokenStatus.of(ErrorBody.of(document));
    return new Mistake(
        status < SERVERS ? status : BAD_REQUEST, Json.MAPPER.writeValueAsBytes(document));
  }

  /// The bytes as a character each, made once an answer: the JVM searches strings many bytes at a
  /// time; a loop over the bytes took 1.8 % of a request's CPU.
  private static String searchable(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// Of an AWS event stream the first frame alone is looked at; an exception may be one.
  private Optional<Verdict> framed(Opening opening, Instant now) {
    return failure(opening).map(error -> verdict(opening, error, now));
  }

  private static Optional<JsonNode> failure(Opening opening) {
    return Frame.first(opening.firstBytes())
        .flatMap(frame -> frame.failure().map(name -> document(name, frame.words())));
  }

  /// A failure as AWS words it where it comes with a status of its own.
  private static JsonNode document(String name, String words) {
    var document = Json.MAPPER.createObjectNode();
    document.put("message", words);
    if (Json.read(words) instanceof ObjectNode told) {
      document.setAll(told);
    }
    return document.put("__type", name);
  }

  /// Whether the first data there is says already that nothing follows.
  private static boolean beginsDone(String text) {
    var at = text.indexOf(DATA) + DATA.length();
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return text.startsWith("[DONE]", at);
  }

  private Optional<Verdict> closely(Opening opening, Instant now) {
    var documents = Documents.in(opening);
    var error = error(documents);
    if (error.isPresent()) {
      return error.map(found -> verdict(opening, found, now));
    }
    if (documents.isEmpty() && opening.isStream() && Documents.isOver(opening)) {
      return empty();
    }
    return dialect == Dialect.GEMINI && GeminiSilence.isIn(documents, opening.complete())
        ? empty()
        : Optional.empty();
  }

  private static Optional<JsonNode> error(List<JsonNode> documents) {
    return documents.stream().map(OpeningJudge::error).flatMap(Optional::stream).findFirst();
  }

  /// The document that holds the error, where this one is or has one. Stored things (a response, a
  /// prediction, a batch) have an `error` field of their own beside an `id`: they are answers.
  private static Optional<JsonNode> error(JsonNode document) {
    var type = Json.text(document.path("type"));
    if (type.equals("response.failed")) {
      return Optional.of(document.path("response"));
    }
    if (type.equals("error") || Json.text(document.path("object")).equals("error")) {
      return Optional.of(document);
    }
    var isStored = (document.has("id") || document.has("object")) && !document.has("choices");
    return isStored || !isFilled(document.path("error")) ? Optional.empty() : Optional.of(document);
  }

  private static boolean isFilled(JsonNode node) {
    return (node.isObject() || node.isArray()) ? !node.isEmpty() : !Json.text(node).isBlank();
  }

  private Verdict verdict(Opening opening, JsonNode error, Instant now) {
    var body = ErrorBody.of(error);
    var answer =
        new Answer(SpokenStatus.of(body), NO_FIELDS, opening.firstBytes(), opening.viaGateway());
    return Judge.judge(errors, new Complaint(answer, body, limits, now));
  }

  /// An empty 200 is right for an upload or a deletion; one that calls itself JSON or a stream has
  /// lost what it was to say.
  private static boolean isExpectedToSpeak(Opening opening) {
    var type = opening.contentType().toLowerCase(Locale.ROOT);
    return opening.complete()
        && opening.status() == 200
        && List.of("application/json", "text/event-stream", Frame.CONTENT_TYPE).stream()
            .anyMatch(type::startsWith);
  }

  /// Nothing but white space, or a stream without a line of data.
  private static boolean isBare(Opening opening, String text) {
    if (opening.isStream()) {
      return !text.contains(DATA);
    }
    for (var at = 0; at < text.length(); at++) {
      if (text.charAt(at) > ' ') {
        return false;
      }
    }
    return true;
  }

  private static Optional<Verdict> empty() {
    return Optional.of(new Verdict.Faulted("empty"));
  }
}
