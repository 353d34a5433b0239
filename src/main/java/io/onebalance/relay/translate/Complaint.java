package io.onebalance.relay.translate;

import io.onebalance.dialect.json.Json;
import io.onebalance.relay.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a provider says when it declines, as far as a client of another dialect is told: the
/// message, in the client's own shape.
public final class Complaint {
  private static final int LONGEST = 2000;

  /// How providers say that a conversation is too long; the two numbers are what it has and may
  /// have.
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "(?i)context[_ ]length|context window|maximum context|prompt is too long"
              + "|input token count|too many (input )?tokens");

  /// How Google, Anthropic and OpenAI say that a seal of an earlier answer is not theirs, or not of
  /// this account.
  private static final Pattern SEAL =
      Pattern.compile(
          "(?i)thought[_ ]?signature|thought signature|invalid `?signature`? in `?thinking"
              + "|invalid_encrypted_content|encrypted content .*could not be");

  /// How Google says that it does not take a schema, or the field in which it stands.
  private static final Pattern SCHEMA =
      Pattern.compile("(?i)schema|function_?declarations?\\[\\d+\\]");

  private Complaint() {}

  /// What the provider would have the request go without.
  public static Optional<Concession> about(int status, byte[] body) {
    if (status != 400) {
      return Optional.empty();
    }
    var said = new String(body, StandardCharsets.UTF_8);
    return SEAL.matcher(said).find()
        ? Optional.of(Concession.SEALS)
        : Optional.of(Concession.SCHEMAS).filter(_ -> SCHEMA.matcher(said).find());
  }

  /// What the client is told of an answer with this status and body. A 401 or 403 is about our key
  /// and never the client's (contract), and where a redirect leads nobody speaks the client's
  /// dialect.
  public static Refusal of(int status, byte[] body, Optional<Duration> retryAfter) {
    var message = message(body);
    var text = message.isEmpty() ? "The provider answered " + status + "." : message;
    return switch (status) {
      case 401, 402, 403, 407 -> Refusal.failed(text);
      case 301, 302, 303, 307, 308 -> Refusal.failed(text);
      case 404 -> Refusal.of(404, "model_not_found", text);
      case 429 -> new Refusal(429, "all_keys_cooling", text, retryAfter);
      default -> status >= 500 ? broken(status, text, retryAfter) : mistaken(status, text);
    };
  }

  private static Refusal broken(int status, String text, Optional<Duration> retryAfter) {
    return new Refusal(status, "all_keys_failed", text, retryAfter);
  }

  private static Refusal mistaken(int status, String text) {
    if (TOO_LONG.matcher(text).find()) {
      return Refusal.of(400, "context_length_exceeded", text);
    }
    return Refusal.of(
        status == 413 ? 413 : 400, status == 413 ? "request_too_large" : "invalid_request", text);
  }

  /// The message in an error of any provider: `error.message`, `error` itself, `message`, `detail`,
  /// the same in an array; empty where there is none.
  static String message(byte[] body) {
    var told = Json.read(body).map(Complaint::message).orElse("");
    return told.length() <= LONGEST ? told : told.substring(0, LONGEST) + "…";
  }

  private static String message(JsonNode node) {
    if (node.isArray()) {
      return node.isEmpty() ? "" : message(node.get(0));
    }
    if (node.isString()) {
      return node.stringValue();
    }
    for (var name : new String[] {"error", "errors", "message", "detail"}) {
      var inner = node.get(name);
      if (inner != null && !inner.isNull() && !message(inner).isEmpty()) {
        return message(inner);
      }
    }
    return "";
  }
}
