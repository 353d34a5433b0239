package io.onebalance.sandbox.gemini;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Credentials;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Pretender;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.Embeddings;
import io.onebalance.sandbox.answer.alike.FrontEnd;
import io.onebalance.sandbox.answer.alike.Models;
import io.onebalance.sandbox.openai.Chat;
import io.onebalance.sandbox.openai.OpenAi;
import io.onebalance.sandbox.openai.OpenAiMedia;
import io.onebalance.sandbox.quota.Meter;
import io.onebalance.sandbox.quota.Refill;
import java.util.List;
import java.util.Map;

/// Google's OpenAI-compatible path `/v1beta/openai/`: OpenAI's shapes, Google's errors in an array.
public final class GeminiOpenAi implements Pretender {
  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public Reply answer(Ask ask) {
    var path = ask.path();
    if (path.equals("/models") || path.startsWith("/models/")) {
      return Models.openAi(ask, "google");
    }
    if (!ask.body().isObject()) {
      return refuse(new Complaint.BadRequest("Invalid JSON payload received."), ask);
    }
    return switch (path) {
      case "/chat/completions" -> Chat.answer(ask);
      case "/embeddings" -> Embeddings.openAi(ask);
      case "/images/generations" -> OpenAiMedia.images(ask);
      // A path is an open string: clients may ask for anything.
      default -> FrontEnd.googleNotFound(ask.heard().path());
    };
  }

  @Override
  public Reply refuse(Complaint complaint, Ask ask) {
    return GoogleErrors.inArray(
        complaint == Complaint.Plain.NO_KEY
            ? GoogleErrors.plain(
                400, "INVALID_ARGUMENT", "Missing or invalid Authorization header.")
            : GoogleErrors.of(complaint, ask));
  }

  @Override
  public Reply empty(Ask ask) {
    return new OpenAi().empty(ask);
  }

  @Override
  public byte[] failure(Complaint complaint, Ask ask) {
    var error = GoogleErrors.text(GoogleErrors.of(complaint, ask));
    return Json.bytes("data: " + Json.flat(error) + "\n\n");
  }

  @Override
  public List<String> keys(Ask ask) {
    return Credentials.bearer(ask.heard());
  }

  @Override
  public Refill refill() {
    return Refill.AT_ONCE;
  }

  @Override
  public Map<String, String> meters(List<Meter> meters, Ask ask) {
    return Map.of();
  }
}
