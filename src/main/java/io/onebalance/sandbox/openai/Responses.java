package io.onebalance.sandbox.openai;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Completion;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.Stored;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// OpenAI's Responses API: made (whole or streamed), kept, read and deleted.
final class Responses {
  private static final String RESPONSE =
      """
      {"id":$,"object":"response","created_at":$,"status":"$","background":false,
      "completed_at":$,"error":null,"incomplete_details":$,"instructions":$,
      "max_output_tokens":$,"max_tool_calls":null,"model":$,"output":[$],
      "parallel_tool_calls":true,"previous_response_id":$,"prompt_cache_key":null,
      "reasoning":{"effort":null,"summary":null},"safety_identifier":null,
      "service_tier":"default","store":$,"temperature":1.0,
      "text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[],
      "top_logprobs":0,"top_p":1.0,"truncation":"disabled","usage":$,"user":null,"metadata":{}}
      """;
  private static final String USAGE =
      """
      {"input_tokens":$,"input_tokens_details":{"cached_tokens":0},
      "output_tokens":$,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":$}
      """;
  private static final String ITEM =
      """
      {"id":$,"type":"message","status":"$","content":[$],"role":"assistant"}
      """;
  private static final String PART =
      """
      {"type":"output_text","annotations":[],"logprobs":[],"text":$}
      """;

  private Responses() {}

  static Reply answer(Ask ask) {
    var id = ask.path().replaceFirst("^/responses/?", "");
    if (!id.isEmpty()) {
      return kept(ask, id);
    }
    var previous = ask.body().path("previous_response_id").asString("");
    if (!previous.isEmpty() && ask.stored().find(previous, ask.key()).isEmpty()) {
      return missing(ask, previous);
    }
    return ask.body().isObject()
        ? made(ask)
        : refused(
            ask, new Complaint.BadRequest("We could not parse the JSON body of your request."));
  }

  private static Reply made(Ask ask) {
    var completion = ask.completion(ask.body().path("max_output_tokens").asLong(0));
    var done = response(ask, completion, completion.cut() ? "incomplete" : "completed");
    if (ask.body().path("store").asBoolean(true)) {
      ask.stored().put(new Stored.Thing(ask.id("resp_"), "response", ask.key(), done, new byte[0]));
    }
    return ask.streams()
        ? Reply.stream("text/event-stream; charset=utf-8", events(ask, completion, done))
        : Reply.json(200, done);
  }

  private static Reply kept(Ask ask, String id) {
    if (ask.heard().method().equals("DELETE")) {
      return ask.stored().remove(id, ask.key())
          ? Reply.json(
              200,
              "{\"id\":%s,\"object\":\"response\",\"deleted\":true}".formatted(Json.quoted(id)))
          : missing(ask, id);
    }
    return ask.stored()
        .find(id, ask.key())
        .map(thing -> Reply.json(200, thing.json()))
        .orElseGet(() -> missing(ask, id));
  }

  private static Reply missing(Ask ask, String id) {
    return refused(ask, new Complaint.NotFound("Response with id '%s' not found.".formatted(id)));
  }

  private static Reply refused(Ask ask, Complaint complaint) {
    return new OpenAi().refuse(complaint, ask);
  }

  private static List<String> events(Ask ask, Completion completion, String done) {
    var script = new Events();
    var item = "\"item_id\":%s,\"output_index\":0,".formatted(Json.quoted(ask.id("msg_")));
    var part = item + "\"content_index\":0,";
    var open = response(ask, completion, "in_progress");
    script.add("response.created", "\"response\":" + open);
    script.add("response.in_progress", "\"response\":" + open);
    script.add(
        "response.output_item.added",
        "\"output_index\":0,\"item\":" + item(ask, "in_progress", ""));
    script.add("response.content_part.added", part + "\"part\":" + part(""));
    for (var text : completion.pieces(ask.tokensPerPiece())) {
      script.add(
          "response.output_text.delta",
          part + "\"delta\":%s,\"logprobs\":[]".formatted(Json.quoted(text)));
    }
    script.add(
        "response.output_text.done",
        part + "\"text\":%s,\"logprobs\":[]".formatted(Json.quoted(completion.text())));
    script.add("response.content_part.done", part + "\"part\":" + part(completion.text()));
    script.add(
        "response.output_item.done",
        "\"output_index\":0,\"item\":" + item(ask, "completed", part(completion.text())));
    script.add(
        completion.cut() ? "response.incomplete" : "response.completed", "\"response\":" + done);
    return script.events;
  }

  /// Events that are numbered from 0.
  private static final class Events {
    private final List<String> events = new ArrayList<>();

    void add(String type, String fields) {
      events.add(
          "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
              .formatted(type, type, events.size(), fields));
    }
  }

  private static String response(Ask ask, Completion completion, String status) {
    var body = ask.body();
    var over = !status.equals("in_progress");
    return Json.line(
        RESPONSE,
        Json.quoted(ask.id("resp_")),
        ask.now().getEpochSecond(),
        status,
        status.equals("completed") ? ask.now().getEpochSecond() : "null",
        status.equals("incomplete") ? "{\"reason\":\"max_output_tokens\"}" : "null",
        orNull(body.path("instructions")),
        orNull(body.path("max_output_tokens")),
        Json.quoted(ask.named()),
        over ? item(ask, status, part(completion.text())) : "",
        orNull(body.path("previous_response_id")),
        body.path("store").asBoolean(true),
        over
            ? Json.line(USAGE, completion.promptTokens(), completion.count(), completion.total())
            : "null");
  }

  private static String item(Ask ask, String status, String parts) {
    return Json.line(ITEM, Json.quoted(ask.id("msg_")), status, parts);
  }

  private static String part(String text) {
    return Json.line(PART, Json.quoted(text));
  }

  private static String orNull(JsonNode value) {
    return value.isMissingNode() ? "null" : value.toString();
  }
}
