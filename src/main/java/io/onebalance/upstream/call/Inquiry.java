package io.onebalance.upstream.call;

import io.onebalance.upstream.Caller;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.Reach;
import io.onebalance.upstream.Reply;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks whole questions for threads that may wait, over an event loop of its own. A question's
/// patience is for all of the answer here. Thread-safe.
public final class Inquiry {
  /// How much of an answer is kept, in bytes.
  public static final int MOST = 256 << 10;

  /// Beyond the patience: the alarm rings up to a tick late, and the loop may be busy.
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// How a question ended. Trouble is a value here, never an exception.
  public sealed interface Result {
    /// Of a body longer than [#MOST] only the beginning is there, and it is not `whole`.
    record Answered(int status, MultiMap headers, byte[] body, boolean whole) implements Result {}

    /// No answer came, or it broke off.
    record Unanswered(String why) implements Result {}
  }

  private static final Result LATE = new Result.Unanswered("no whole answer in time");

  private final Context loop;
  private final Wheel wheel;
  private final Caller caller;

  private Inquiry(Context loop, Wheel wheel, Caller caller) {
    this.loop = loop;
    this.wheel = wheel;
    this.caller = caller;
  }

  public static Future<Inquiry> on(Vertx vertx, Reach reach) {
    var made = Promise.<Inquiry>promise();
    return vertx
        .deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                var wheel = new Wheel(vertx);
                var caller = new LoopCaller(vertx, wheel, reach);
                made.complete(new Inquiry(context, wheel, caller));
                return made.future();
              }
            })
        .compose(_ -> made.future());
  }

  /// Loads what TLS to upstreams needs, on the calling thread.
  public static void prepareTls() {
    Lines.prepare();
  }

  /// Asks once and waits. An interrupt calls the question off and stays set.
  public Result ask(Question question) {
    var client = new Departure();
    var result = new CompletableFuture<Result>();
    loop.runOnContext(_ ->
        result(question, client)
            .onComplete(
                result::complete,
                failure -> result.complete(new Result.Unanswered(failure.toString()))));
    try {
      return result.get(question.patience().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      callOff(client);
      return LATE;
    } catch (InterruptedException stopped) {
      callOff(client);
      Thread.currentThread().interrupt();
      return new Result.Unanswered("stopped while waiting for the answer");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("results are only ever completed with a value", impossible);
    }
  }

  private void callOff(Departure client) {
    loop.runOnContext(_ -> client.happened());
  }

  private Future<Result> result(Question question, Departure client) {
    var alarm = wheel.after(question.patience(), client::happened);
    return caller
        .ask(question, client)
        .compose(reply ->
            switch (reply) {
              case Reply.Answered(var response) -> read(response, client);
              case Reply.Silent(), Reply.CalledOff() -> Future.succeededFuture(LATE);
              case Reply.Crowded(var why) -> unanswered(why);
              case Reply.Unreachable(var why, _) -> unanswered(why);
              case Reply.Unprocessed(var why) -> unanswered(why);
              case Reply.Broken(var why) -> unanswered(why);
            })
        .onComplete(_ -> alarm.cancel());
  }

  private static Future<Result> read(HttpClientResponse response, Departure client) {
    var end = Promise.<Result>promise();
    var bytes = Buffer.buffer();
    client.stops(() -> reset(response, end.tryComplete(LATE)));
    response.exceptionHandler(
        failure -> end.tryComplete(new Result.Unanswered("broke off: " + failure.getMessage())));
    response.endHandler(_ -> end.tryComplete(answered(response, bytes, true)));
    response.handler(piece -> {
      bytes.appendBuffer(piece);
      if (bytes.length() > MOST) {
        reset(response, end.tryComplete(answered(response, bytes.slice(0, MOST), false)));
      }
    });
    response.resume();
    return end.future();
  }

  private static void reset(HttpClientResponse response, boolean first) {
    if (first) {
      Cut.off(response);
    }
  }

  private static Result answered(HttpClientResponse response, Buffer body, boolean whole) {
    return new Result.Answered(response.statusCode(), response.headers(), body.getBytes(), whole);
  }

  private static Future<Result> unanswered(String why) {
    return Future.succeededFuture(new Result.Unanswered(why));
  }
}
