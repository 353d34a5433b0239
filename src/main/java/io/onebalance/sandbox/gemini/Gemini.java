package io.onebalance.sandbox.gemini;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Conversation;
import io.onebalance.sandbox.answer.Credentials;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Pretender;
import io.onebalance.sandbox.answer.Prompt;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.Batches;
import io.onebalance.sandbox.answer.alike.Embeddings;
import io.onebalance.sandbox.answer.alike.FrontEnd;
import io.onebalance.sandbox.answer.alike.Models;
import io.onebalance.sandbox.quota.Meter;
import io.onebalance.sandbox.quota.Refill;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pretended Gemini API of Google AI Studio.
public final class Gemini implements Pretender {
  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public Reply answer(Ask ask) {
    var path = ask.path();
    if (path.startsWith("/upload/files") || path.startsWith("/files")) {
      return GeminiFiles.answer(ask);
    }
    if (path.startsWith("/cachedContents")) {
      return GeminiCaches.answer(ask);
    }
    if (path.startsWith("/batches/")) {
      return Batches.gemini(ask);
    }
    if (!path.startsWith("/models")) {
      return FrontEnd.googleNotFound(path);
    }
    return ask.method().isEmpty() ? Models.gemini(ask) : called(ask);
  }

  @Override
  public Optional<Conversation> converse(Ask ask) {
    return ask.path().startsWith("/ws/") ? Optional.of(new Live(ask)) : Optional.empty();
  }

  private Reply called(Ask ask) {
    if (!ask.body().isObject()) {
      return refuse(
          new Complaint.BadRequest("Invalid JSON payload received. Unexpected end of string."),
          ask);
    }
    return switch (ask.method()) {
      case "generateContent" -> Contents.answer(ask);
      case "streamGenerateContent" -> Contents.stream(ask);
      case "countTokens" -> counted(ask);
      case "embedContent", "batchEmbedContents" -> Embeddings.gemini(ask);
      case "batchGenerateContent" -> Batches.gemini(ask);
      // A method is an open string: clients may ask for anything.
      default -> FrontEnd.googleNotFound(ask.heard().path());
    };
  }

  private static Reply counted(Ask ask) {
    var whole = ask.body().path("generateContentRequest");
    var tokens = Prompt.of(whole.isMissingNode() ? ask.body() : whole).tokens();
    return Reply.json(
        200,
        """
        {
          "totalTokens": %d,
          "promptTokensDetails": [
            {
              "modality": "TEXT",
              "tokenCount": %d
            }
          ]
        }
        """
            .formatted(tokens, tokens));
  }

  @Override
  public Reply refuse(Complaint complaint, Ask ask) {
    var error = GoogleErrors.of(complaint, ask);
    return ask.method().equals("streamGenerateContent") && !ask.query("alt").equals("sse")
        ? GoogleErrors.inArray(error)
        : error;
  }

  @Override
  public Reply empty(Ask ask) {
    return Contents.empty(ask);
  }

  @Override
  public byte[] failure(Complaint complaint, Ask ask) {
    var error = GoogleErrors.text(GoogleErrors.of(complaint, ask));
    return Json.bytes(
        ask.query("alt").equals("sse") ? "data: " + Json.flat(error) + "\r\n\r\n" : error);
  }

  @Override
  public List<String> keys(Ask ask) {
    return Credentials.distinct(
        ask.heard().all("x-goog-api-key"), Credentials.query(ask), Credentials.bearer(ask.heard()));
  }

  @Override
  public Refill refill() {
    return Refill.AT_ONCE;
  }

  /// Google tells nothing of what is left.
  @Override
  public Map<String, String> meters(List<Meter> meters, Ask ask) {
    return Map.of();
  }
}
