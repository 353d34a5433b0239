package io.onebalance.sandbox.answer.alike;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.Stored;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Batches of all three: made, read, listed and cancelled by their key. Nobody works them off, so
/// they stay in progress.
public final class Batches {
  private static final String OPENAI =
      """
      {"id":$,"object":"batch","endpoint":$,"errors":null,"input_file_id":$,
      "completion_window":"24h","status":"in_progress","output_file_id":null,
      "error_file_id":null,"created_at":$,"in_progress_at":null,"expires_at":null,
      "finalizing_at":null,"completed_at":null,"failed_at":null,"expired_at":null,
      "cancelling_at":null,"cancelled_at":null,
      "request_counts":{"total":0,"completed":0,"failed":0},"metadata":null}
      """;
  private static final String ANTHROPIC =
      """
      {"id":$,"type":"message_batch","processing_status":"in_progress",
      "request_counts":{"processing":$,"succeeded":0,"errored":0,"canceled":0,"expired":0},
      "ended_at":null,"created_at":"$","expires_at":"$","archived_at":null,
      "cancel_initiated_at":null,"results_url":null}
      """;
  private static final String GEMINI =
      """
      {
        "name": $,
        "metadata": {
          "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",
          "model": $,
          "displayName": $,
          "createTime": "$",
          "updateTime": "$",
          "batchStats": {"requestCount": "1", "pendingRequestCount": "1"},
          "state": "BATCH_STATE_PENDING",
          "name": $
        }
      }
      """;

  private Batches() {}

  public static Reply openAi(Ask ask) {
    return kept(
        ask,
        "/batches",
        id ->
            Json.line(
                OPENAI,
                Json.quoted(id),
                Json.quoted(ask.body().path("endpoint").asString("")),
                Json.quoted(ask.body().path("input_file_id").asString("")),
                ask.now().getEpochSecond()));
  }

  public static Reply anthropic(Ask ask) {
    return kept(
        ask,
        "/messages/batches",
        id ->
            Json.line(
                ANTHROPIC,
                Json.quoted(id),
                ask.body().path("requests").size(),
                ask.now(),
                ask.now().plus(Duration.ofDays(1))));
  }

  private static Reply kept(Ask ask, String root, Function<String, String> json) {
    var id = ask.path().substring(root.length()).replaceFirst("^/", "").replaceFirst("/.*", "");
    if (!id.isEmpty()) {
      return found(ask, id);
    }
    if (!ask.isPost()) {
      return Reply.json(
          200, "{\"object\":\"list\",\"data\":[%s],\"has_more\":false}".formatted(all(ask)));
    }
    var made = ask.id(root.equals("/batches") ? "batch_" : "msgbatch_");
    return Reply.json(200, put(ask, made, json.apply(made)));
  }

  public static Reply gemini(Ask ask) {
    if (ask.path().startsWith("/batches/")) {
      return found(ask, ask.path().substring(1).replaceFirst(":.*", ""));
    }
    var name = Json.quoted(ask.id("batches/"));
    var display = ask.body().path("batch").path("displayName").asString("");
    return Reply.json(
        200,
        put(
            ask,
            ask.id("batches/"),
            Json.filled(
                GEMINI,
                name,
                Json.quoted("models/" + ask.model()),
                Json.quoted(display),
                ask.now(),
                ask.now(),
                name)));
  }

  private static String put(Ask ask, String id, String json) {
    return ask.stored().put(new Stored.Thing(id, "batch", ask.key(), json, new byte[0])).json();
  }

  private static String all(Ask ask) {
    return ask.stored().all("batch", ask.key()).stream()
        .map(Stored.Thing::json)
        .collect(Collectors.joining(","));
  }

  private static Reply found(Ask ask, String id) {
    return ask.stored()
        .find(id, ask.key())
        .map(thing -> Reply.json(200, thing.json()))
        .orElseGet(() ->
            ask.place()
                .pretender()
                .refuse(new Complaint.NotFound("No batch found with id '%s'.".formatted(id)), ask));
  }
}
