package io.onebalance.served;

import io.onebalance.simulate.Setting;
import io.onebalance.simulate.world.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Sends the requests of a scenario when they are due, each without waiting for any other, and
/// counts what becomes of them.
final class Clients implements AutoCloseable {
  /// The provider whose requests come before the scenario, so that code is compiled and connections
  /// are open by then: in all but its name the scenario's, with keys of its own, and nothing is
  /// learnt of it that counts for others.
  static final String WARM_UP = "warm-up";

  private static final int WARM_UPS = 4000;
  private static final int AT_ONCE = 16;

  /// One in so many is to be explained: to explain all would cost the program more than to serve
  /// them.
  private static final int EXPLAINED = 32;

  private static final int MOST_CONNECTIONS = 4096;
  private static final long LONGEST = 60_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpClient http =
      vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
  private final Clock clock = Clock.systemUTC();
  private final URI gateway;
  private final List<Long> late = new ArrayList<>();
  private final List<Request> sent = new ArrayList<>();
  private final ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
  private final AtomicReference<Slow> slowest = new AtomicReference<>(new Slow(0, ""));

  /// How long a request took that was served, and what the program says of it.
  private record Slow(long nanos, String why) {}

  Clients(URI gateway) {
    this.gateway = gateway;
  }

  void warmUp() throws InterruptedException {
    var left = new AtomicInteger(WARM_UPS);
    var done = new CountDownLatch(AT_ONCE);
    for (var i = 0; i < AT_ONCE; i++) {
      vertx.runOnContext(_ -> warmUp(left, done));
    }
    await(done);
  }

  private void warmUp(AtomicInteger left, CountDownLatch done) {
    if (left.getAndDecrement() <= 0) {
      done.countDown();
      return;
    }
    ask(path(WARM_UP, "gemini-2.5-flash"), 0, 1 + left.get())
        .compose(HttpClientResponse::body)
        .onComplete(_ -> warmUp(left, done));
  }

  private static String path(String provider, String model) {
    return "/api/%s/v1beta/models/%s:generateContent".formatted(provider, model);
  }

  private static Buffer contents(long number) {
    return Buffer.buffer(
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello %d\"}]}]}"
            .formatted(number));
  }

  /// Sends all requests of a scenario and waits for their answers.
  void play(Truth truth, Lens lens) throws InterruptedException {
    var arrivals = Setting.of(truth.scenario()).arrivals().get();
    var open = new LongAdder();
    for (var next = arrivals.next(); next != null; next = arrivals.next()) {
      var due = TimeUnit.MILLISECONDS.toNanos(lens.shown(next.at()) - clock.millis());
      if (due > 0) {
        LockSupport.parkNanos(due);
      }
      var now = clock.millis();
      late.add(now - lens.shown(next.at()));
      send(truth, at(next, lens.seen(now)), open);
    }
    var over = clock.millis() + LONGEST;
    while (open.sum() > 0 && clock.millis() < over) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private static Request at(Request r, long at) {
    return new Request(
        r.number(),
        at,
        r.model(),
        r.gatewayKey(),
        r.input(),
        r.output(),
        r.firstMillis(),
        r.restMillis());
  }

  private void send(Truth truth, Request request, LongAdder open) {
    sent.add(request);
    open.increment();
    var began = System.nanoTime();
    var path = path(truth.scenario().provider().slug(), truth.models().get(request.model()));
    ask(path, request.gatewayKey(), request.number())
        .compose(answer -> {
          if (answer.statusCode() == 200 && isExplained(request.number())) {
            note(answer, System.nanoTime() - began);
          }
          return answer.body().map(whole -> outcome(answer, whole));
        })
        .otherwise(broken -> "no answer: " + broken.getClass().getSimpleName())
        .onSuccess(outcome -> {
          if (outcome.isEmpty()) {
            took.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
          } else {
            failed.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
          }
          open.decrement();
        });
  }

  /// Why a request was not served, in few words; empty where it was.
  private static String outcome(HttpClientResponse answer, Buffer whole) {
    if (answer.statusCode() == 200) {
      return whole.toString().contains("\"candidates\"") ? "" : "200 without an answer";
    }
    var told = answer.getHeader("retry-after") == null ? "" : ", told when to come back";
    return answer.statusCode() + told;
  }

  private static boolean isExplained(long number) {
    return number % EXPLAINED == 0;
  }

  private Future<HttpClientResponse> ask(String path, int caller, long number) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(gateway.getHost())
            .setPort(gateway.getPort())
            .setIdleTimeout(LONGEST)
            .setURI(path)
            .putHeader("authorization", "Bearer " + Gateway.auth(caller))
            .putHeader("x-one-balance-explain", isExplained(number) ? "1" : "0")
            .putHeader("content-type", "application/json");
    return http.request(options)
        .compose((HttpClientRequest asking) -> asking.send(contents(number)));
  }

  /// The requests with the scenario's time at which each was truly sent.
  List<Request> sent() {
    return List.copyOf(sent);
  }

  long served() {
    return took.size();
  }

  /// How long this part of the requests that were served took at most, in milliseconds.
  long took(double part) {
    return quantile(took, part);
  }

  /// How much later than they were due this part of the requests was sent at most: by how much the
  /// clients themselves were held up.
  long late(double part) {
    return quantile(late, part);
  }

  private static long quantile(Collection<Long> of, double part) {
    var all = of.stream().mapToLong(Long::longValue).sorted().toArray();
    return all.length == 0 ? 0 : all[(int) Math.min(all.length - 1, Math.ceil(part * all.length))];
  }

  /// What the program says of the request that took longest of those that were served and
  /// explained.
  String slowest() {
    return slowest.get().why();
  }

  private void note(HttpClientResponse answer, long nanos) {
    if (nanos > slowest.get().nanos()) {
      var why =
          "%d ms, %s attempts: %s"
              .formatted(
                  TimeUnit.NANOSECONDS.toMillis(nanos),
                  answer.getHeader("x-one-balance-attempts"),
                  answer.getHeader("x-one-balance-why"));
      slowest.accumulateAndGet(
          new Slow(nanos, why), (one, other) -> one.nanos() >= other.nanos() ? one : other);
    }
  }

  Map<String, Long> failed() {
    var counts = new TreeMap<String, Long>();
    failed.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  private static void await(CountDownLatch done) throws InterruptedException {
    if (!done.await(LONGEST, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the clients did not end within a minute");
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
