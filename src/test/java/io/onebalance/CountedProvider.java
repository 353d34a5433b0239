package io.onebalance;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// A provider whose every answer tells tokens that follow from the request's number, the last word
/// of its prompt. What the model's name begins with decides how it answers: whole, or broken off
/// before it told.
final class CountedProvider {
  static final String CUT = "cut-";

  /// Tells the same tokens whatever the number is.
  static final String SAME = "same-";

  private final int port;

  /// What one answer tells, as OpenAI counts: cached is part of input, reasoning of output.
  record Told(long input, long cached, long output, long reasoning) {
    static Told of(String model, int number) {
      return model.startsWith(SAME)
          ? new Told(100, 10, 50, 5)
          : new Told(11 + number % 89, number % 7, 3 + number % 41, number % 3);
    }

    private String json() {
      return ("\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,"
              + "\"prompt_tokens_details\":{\"cached_tokens\":%d},"
              + "\"completion_tokens_details\":{\"reasoning_tokens\":%d}}")
          .formatted(input, output, input + output, cached, reasoning);
    }
  }

  private CountedProvider(int port) {
    this.port = port;
  }

  static CountedProvider start(Vertx vertx) {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
            .listen(0, "127.0.0.1")
            .await();
    return new CountedProvider(server.actualPort());
  }

  String url() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  private static void answer(HttpServerRequest request, Buffer body) {
    var text = body.toString();
    var model = between(text, "\"model\":\"");
    var number = Integer.parseInt(between(text, "\"content\":\"number "));
    var response = request.response();
    if (text.contains("\"stream\":true")) {
      stream(response, model, number);
    } else {
      response
          .putHeader("content-type", "application/json")
          .end(
              "{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"%s\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"counted\"},\"finish_reason\":\"stop\"}],%s}"
                  .formatted(model, Told.of(model, number).json()));
    }
  }

  private static void stream(HttpServerResponse response, String model, int number) {
    response.putHeader("content-type", "text/event-stream").setChunked(true);
    response.write(event("{\"role\":\"assistant\",\"content\":\"coun\"}", "null", ""));
    if (model.startsWith(CUT)) {
      response.write(event("{\"content\":\"te\"}", "null", "")).onComplete(_ -> response.reset());
    } else {
      var usage = "," + Told.of(model, number).json();
      response.write(event("{\"content\":\"ted\"}", "null", ""));
      response.end(event("{}", "\"stop\"", usage) + "data: [DONE]\n\n");
    }
  }

  private static String event(String delta, String finish, String more) {
    return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]%s}\n\n"
        .formatted(delta, finish, more);
  }

  private static String between(String text, String before) {
    var from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf('"', from));
  }
}
