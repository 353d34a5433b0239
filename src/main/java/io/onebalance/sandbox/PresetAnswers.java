package io.onebalance.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/// Answers that are made once, for benchmarks: `/static/1200/…` is a chat completion of exactly so
/// many bytes, `/events/100/…` a stream of so many events. Nothing is read, judged or noted.
final class PresetAnswers {
  private static final Pattern PATH = Pattern.compile("^/(static|events)/(\\d{1,7})(?=/)");
  private static final int MOST = 64;
  private static final ConcurrentMap<Integer, Buffer> WHOLE = new ConcurrentHashMap<>();
  private static final String START =
      """
      {"id":"chatcmpl-static","object":"chat.completion","created":1760000000,"model":"static",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"\
      """;
  private static final String END =
      """
      "},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
      """;
  private static final Buffer EVENT =
      Buffer.buffer(
          """
          data: {"id":"chatcmpl-static","object":"chat.completion.chunk","created":1760000000,\
          "model":"static","choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}

          """);
  private static final Buffer DONE = Buffer.buffer("data: [DONE]\n\n");

  private PresetAnswers() {}

  /// Whether the path asks for such an answer; then it is on its way.
  static boolean answers(HttpServerRequest request) {
    var path = request.uri();
    if (!path.startsWith("/static/") && !path.startsWith("/events/")) {
      return false;
    }
    var matcher = PATH.matcher(path);
    if (!matcher.find()) {
      return false;
    }
    var number = Integer.parseInt(matcher.group(2));
    if (matcher.group(1).equals("static")) {
      request.endHandler(_ -> whole(request, number));
    } else {
      request.endHandler(_ -> events(request, number));
    }
    return true;
  }

  private static void whole(HttpServerRequest request, int bytes) {
    request.response().putHeader("content-type", "application/json").end(ofLength(bytes));
  }

  private static Buffer ofLength(int bytes) {
    var made = WHOLE.get(bytes);
    if (made != null) {
      return made;
    }
    var padding = Math.max(0, bytes - START.length() - END.length());
    var answer = Buffer.buffer(START + "x".repeat(padding) + END);
    if (WHOLE.size() < MOST) {
      WHOLE.put(bytes, answer);
    }
    return answer;
  }

  private static void events(HttpServerRequest request, int left) {
    var response = request.response();
    if (!response.headWritten()) {
      response.putHeader("content-type", "text/event-stream").setChunked(true);
    }
    for (var i = left; i > 0; i--) {
      response.write(EVENT);
      if (response.writeQueueFull()) {
        var rest = i - 1;
        response.drainHandler(_ -> events(request, rest));
        return;
      }
    }
    response.end(DONE);
  }
}
