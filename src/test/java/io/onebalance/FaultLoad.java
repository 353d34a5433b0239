package io.onebalance;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Clients that ask a gateway request after request, judge each answer against the right one, and
/// count what they heard: a failure of the gateway's own is as wrong as an answer that was changed.
/// Some leave in the middle, as the dice say.
final class FaultLoad {
  static final String WRONG = "WRONG";

  private static final int MODELS = 20;
  private static final int LARGE = 1 << 20;

  /// `pause` (ms) is what a client lets pass between two requests; one in `large` requests has a
  /// body of a megabyte, none where it is 0.
  record Manner(int clients, int requests, int pause, int large) {}

  /// Where to ask, as whom, and for whose models.
  record Door(URI url, String auth, List<String> providers) {}

  private final Vertx vertx;
  private final Door door;
  private final Supplier<FaultDice> dice;
  private final HttpClient http;
  private final int[] told;
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean stopped;

  FaultLoad(Vertx vertx, Door door, Supplier<FaultDice> dice, int remembered) {
    this.vertx = vertx;
    this.door = door;
    this.dice = dice;
    this.http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(1024));
    this.told = new int[remembered];
  }

  /// Begins; the latch is down when every client has ended.
  CountDownLatch begin(Manner manner) {
    var busy = new CountDownLatch(manner.clients());
    for (var i = 0; i < manner.clients(); i++) {
      vertx.runOnContext(_ -> goOn(manner, busy));
    }
    return busy;
  }

  /// Clients end after the answer they wait for.
  void stop() {
    stopped = true;
  }

  Map<String, Long> outcomes() {
    var heard = new TreeMap<String, Long>();
    outcomes.forEach((name, count) -> heard.put(name, count.sum()));
    return heard;
  }

  int requests() {
    return next.get();
  }

  /// How many attempts the head of the answer told of; 0 where there was none.
  int told(int request) {
    return told[request];
  }

  private void goOn(Manner manner, CountDownLatch busy) {
    var request = next.getAndIncrement();
    if (stopped || request >= manner.requests()) {
      busy.countDown();
      return;
    }
    var large = manner.large() > 0 && request % manner.large() == 0;
    ask(request, large)
        .otherwise(_ -> "cut off, and seen to be")
        .onSuccess(outcome -> {
          outcomes.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
          pause(manner).onComplete(_ -> goOn(manner, busy));
        });
  }

  private Future<?> pause(Manner manner) {
    var turn = Promise.<Void>promise();
    if (manner.pause() > 0) {
      vertx.setTimer(manner.pause(), _ -> turn.complete());
    } else {
      vertx.runOnContext(_ -> turn.complete());
    }
    return turn.future();
  }

  private Future<String> ask(int request, boolean large) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(door.url().getHost())
            .setPort(door.url().getPort())
            .setIdleTimeout(30_000)
            .setURI("/v1/chat/completions")
            .putHeader("authorization", "Bearer " + door.auth())
            .putHeader("content-type", "application/json");
    return http.request(options)
        .compose(asking ->
            asking.send(body(request, large)).compose(answer -> hear(request, asking, answer)));
  }

  private Buffer body(int request, boolean large) {
    return Buffer.buffer(
        "{\"model\":\"%s/m-%d\",\"stream\":%s,\"user\":\"r%d\",\"messages\":[{\"role\":\"user\",\"content\":\"hello%s\"}]}"
            .formatted(
                door.providers().get(request % door.providers().size()),
                request / door.providers().size() % MODELS,
                dice.get().streamed(request),
                request,
                large ? "o".repeat(LARGE) : ""));
  }

  private Future<String> hear(int request, HttpClientRequest asking, HttpClientResponse answer) {
    var attempts = answer.getHeader("x-one-balance-attempts");
    if (attempts != null && request < told.length) {
      told[request] = Integer.parseInt(attempts);
    }
    if (dice.get().leaves(request)) {
      answer.exceptionHandler(_ -> {});
      asking.reset();
      return Future.succeededFuture("left by the client");
    }
    return answer.body().map(body -> judged(request, answer.statusCode(), body.toString()));
  }

  private String judged(int request, int status, String body) {
    if (status == 200) {
      return body.equals(FaultAnswer.right(request, dice.get().streamed(request)))
          ? "whole and right"
          : WRONG;
    }
    return body.startsWith("{\"error\"") && !body.contains("internal_error")
        ? "refused with " + status
        : WRONG;
  }
}
