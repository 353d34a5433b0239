package io.onebalance.sandbox.openai;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Conversation;
import io.onebalance.sandbox.answer.Credentials;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Pretender;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.Batches;
import io.onebalance.sandbox.answer.alike.Embeddings;
import io.onebalance.sandbox.answer.alike.Models;
import io.onebalance.sandbox.quota.Meter;
import io.onebalance.sandbox.quota.Refill;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pretended OpenAI.
public final class OpenAi implements Pretender {
  @Override
  public String name() {
    return "openai";
  }

  @Override
  public Reply answer(Ask ask) {
    var first = ask.path().split("/", 4)[1];
    var reply =
        switch (first) {
          case "chat" -> generated(ask, Chat.answer(ask));
          case "embeddings" -> generated(ask, Embeddings.openAi(ask));
          case "responses" -> Responses.answer(ask);
          case "models" -> Models.openAi(ask, "sandbox");
          case "files" -> OpenAiFiles.answer(ask);
          case "batches" -> Batches.openAi(ask);
          case "audio" -> OpenAiMedia.audio(ask);
          case "images" -> generated(ask, OpenAiMedia.images(ask));
          // A path is an open string: clients may ask for anything.
          default -> refuse(new Complaint.NotFound(unknown(ask)), ask);
        };
    return reply.with(fields(ask));
  }

  @Override
  public Optional<Conversation> converse(Ask ask) {
    return ask.path().equals("/realtime") ? Optional.of(new Realtime(ask)) : Optional.empty();
  }

  /// An answer that needs a JSON body, or the refusal of one without.
  private Reply generated(Ask ask, Reply answer) {
    return ask.body().isObject()
        ? answer
        : refuse(
            new Complaint.BadRequest("We could not parse the JSON body of your request."), ask);
  }

  @Override
  public Reply refuse(Complaint complaint, Ask ask) {
    return OpenAiErrors.of(complaint, ask).with(fields(ask));
  }

  @Override
  public Reply empty(Ask ask) {
    return ask.streams()
        ? Reply.stream("text/event-stream; charset=utf-8", List.of("data: [DONE]\n\n"))
        : Reply.json(200, "{}");
  }

  @Override
  public byte[] failure(Complaint complaint, Ask ask) {
    var error = new String(refuse(complaint, ask).body(), StandardCharsets.UTF_8);
    var name = ask.path().startsWith("/responses") ? "event: error\n" : "";
    return Json.bytes(name + "data: " + Json.flat(error) + "\n\n");
  }

  @Override
  public List<String> keys(Ask ask) {
    // `api-key` is where Azure has it
    return Credentials.distinct(Credentials.bearer(ask.heard()), ask.heard().all("api-key"));
  }

  @Override
  public Refill refill() {
    return Refill.BIT_BY_BIT;
  }

  @Override
  public Map<String, String> meters(List<Meter> meters, Ask ask) {
    return OpenAiErrors.meters(meters);
  }

  private static String unknown(Ask ask) {
    return "Invalid URL (%s %s)".formatted(ask.heard().method(), ask.heard().path());
  }

  private static Map<String, String> fields(Ask ask) {
    return Map.of(
        "x-request-id", ask.id("req_"),
        "openai-organization", "org-sandbox",
        "openai-version", "2020-10-01",
        "openai-processing-ms", "12");
  }
}
