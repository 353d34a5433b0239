package io.onebalance.sandbox.anthropic;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Credentials;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Pretender;
import io.onebalance.sandbox.answer.Prompt;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.Batches;
import io.onebalance.sandbox.answer.alike.Models;
import io.onebalance.sandbox.quota.Meter;
import io.onebalance.sandbox.quota.Refill;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The pretended Anthropic.
public final class Anthropic implements Pretender {
  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public Reply answer(Ask ask) {
    if (ask.place().strict() && ask.heard().header("anthropic-version") == null) {
      return refuse(new Complaint.BadRequest("anthropic-version: header is required"), ask);
    }
    var path = ask.path();
    if (path.startsWith("/messages/batches")) {
      return Batches.anthropic(ask).with(fields(ask));
    }
    if (path.equals("/messages") || path.equals("/messages/count_tokens")) {
      return talk(ask).with(fields(ask));
    }
    return path.equals("/models") || path.startsWith("/models/")
        ? Models.anthropic(ask).with(fields(ask))
        : refuse(new Complaint.NotFound("Not found"), ask);
  }

  private Reply talk(Ask ask) {
    var body = ask.body();
    if (!body.isObject()) {
      return refuse(
          new Complaint.BadRequest("The request body is not valid JSON: unexpected end of data"),
          ask);
    }
    if (ask.path().endsWith("/count_tokens")) {
      return Reply.json(200, "{\"input_tokens\":" + Prompt.of(body).tokens() + "}");
    }
    return body.path("max_tokens").isMissingNode()
        ? refuse(new Complaint.BadRequest("max_tokens: Field required"), ask)
        : Messages.answer(ask);
  }

  @Override
  public Reply refuse(Complaint complaint, Ask ask) {
    return AnthropicErrors.of(complaint, ask).with(fields(ask));
  }

  @Override
  public Reply empty(Ask ask) {
    return Messages.empty(ask);
  }

  @Override
  public byte[] failure(Complaint complaint, Ask ask) {
    var error = new String(refuse(complaint, ask).body(), StandardCharsets.UTF_8);
    return Json.bytes("event: error\ndata: " + error + "\n\n");
  }

  @Override
  public List<String> keys(Ask ask) {
    var keys = ask.heard().all("x-api-key");
    return keys.isEmpty() ? Credentials.bearer(ask.heard()) : keys.subList(0, 1);
  }

  @Override
  public Refill refill() {
    return Refill.BIT_BY_BIT;
  }

  @Override
  public Map<String, String> meters(List<Meter> meters, Ask ask) {
    return AnthropicErrors.meters(meters, ask.now());
  }

  private static Map<String, String> fields(Ask ask) {
    return Map.of(
        "request-id",
        ask.id("req_"),
        "anthropic-organization-id",
        "00000000-0000-4000-8000-000000005a2d");
  }
}
