package io.onebalance;

import io.onebalance.CountedProvider.Told;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Many requests through the whole program, which is killed again and again meanwhile, and then the
/// totals that it tells, beside what its provider told (`./dev bench totals [REQUESTS [KILLS]]`).
/// Each part of the run has models of its own, so that each can be held to what is known of it:
///
/// - of whole answers every token and every billionth of a dollar,
/// - of streams that break off how many there were, and that all were counted alike,
/// - of what was asked when the program was killed that nothing of it is lost that a client had
///   heard to its end, and nothing is counted twice.
final class TotalsRun implements AutoCloseable {
  private static final String AUTH = "gateway-key-of-the-totals-run";
  private static final int MODELS = 12;
  private static final int CLIENTS = 48;

  /// One in so many requests is a stream that the provider breaks off.
  private static final int CUT_EACH = 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CLIENTS));
  private final Path dir;
  private final Map<String, Sums> truth = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private Child child;

  /// What is summed up of a model, with the cost in billionths of a dollar.
  record Sums(long requests, long input, long cached, long output, long reasoning, long nanos) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);

    /// At a dollar a million tokens of input, half of it where cached, and three of output.
    Sums plus(Told told) {
      var cost = (told.input() - told.cached()) * 1_000 + told.cached() * 500;
      return new Sums(
          requests + 1,
          input + told.input(),
          cached + told.cached(),
          output + told.output(),
          reasoning + told.reasoning(),
          nanos + cost + told.output() * 3_000);
    }

    static Sums of(JsonNode item) {
      return new Sums(
          item.path("requests").asLong(),
          item.path("input_tokens").asLong(),
          item.path("cached_tokens").asLong(),
          item.path("output_tokens").asLong(),
          item.path("reasoning_tokens").asLong(),
          item.path("cost_micros").asLong() * 1_000);
    }

    Sums times(long many) {
      return new Sums(
          requests * many,
          input * many,
          cached * many,
          output * many,
          reasoning * many,
          nanos * many);
    }

    /// As it is told, to the millionth of a dollar.
    Sums rounded() {
      return new Sums(requests, input, cached, output, reasoning, (nanos + 500) / 1_000 * 1_000);
    }
  }

  TotalsRun(Path dir) throws IOException {
    this.dir = dir;
    var provider = CountedProvider.start(vertx);
    Files.writeString(
        dir.resolve("one-balance.yaml"),
        """
        auth-key: %s
        providers:
          counted: {base-url: '%s', dialect: openai}
        prices:
          counted:
            models:
              '*': {input: 1, cached: 0.5, output: 3}
        """
            .formatted(AUTH, provider.url()));
    child = Child.serving(dir, Map.of());
    child.post("/api/keys/add/counted", AUTH, "text/plain", "sk-counted-0123456789");
  }

  /// What was found wrong, in words; nothing where all holds.
  List<String> run(int requests, int kills) throws InterruptedException {
    var each = requests / (kills + 1);
    for (var part = 0; part <= kills; part++) {
      var first = part * each;
      ask(IntStream.range(first, first + each).boxed().toList(), this::known);
      if (part < kills) {
        kill(part);
      }
    }
    child.signal("TERM");
    child.exit();
    child = Child.serving(dir, Map.of());
    compare();
    return wrong;
  }

  private String known(int number) {
    return number % CUT_EACH == 0 ? CountedProvider.CUT + "short" : "model-" + number % MODELS;
  }

  /// Asks while the program is killed, and starts it again.
  private void kill(int part) throws InterruptedException {
    var model = CountedProvider.SAME + part;
    var heard = new AtomicInteger();
    var numbers = IntStream.range(0, 40 * CLIENTS).boxed().toList();
    var dead = new CountDownLatch(1);
    var asked =
        begin(
            numbers,
            _ -> model,
            () -> {
              if (heard.incrementAndGet() == 10 * CLIENTS) {
                Thread.ofVirtual()
                    .start(() -> {
                      child.kill();
                      dead.countDown();
                    });
              }
            });
    dead.await();
    asked.await();
    child = Child.serving(dir, Map.of());
    truth.put(model, Sums.NONE.plus(Told.of(model, 0)).times(heard.get()));
  }

  private void ask(List<Integer> numbers, IntFunction<String> model) throws InterruptedException {
    begin(numbers, model, () -> {}).await();
    for (var number : numbers) {
      var name = model.apply(number);
      var told = Told.of(name, number);
      truth.merge(name, Sums.NONE.plus(told), (sums, _) -> sums.plus(told));
    }
  }

  private CountDownLatch begin(List<Integer> numbers, IntFunction<String> model, Runnable whole) {
    var next = new AtomicInteger();
    var busy = new CountDownLatch(CLIENTS);
    for (var i = 0; i < CLIENTS; i++) {
      vertx.runOnContext(_ -> goOn(numbers, next, model, whole, busy));
    }
    return busy;
  }

  private void goOn(
      List<Integer> numbers,
      AtomicInteger next,
      IntFunction<String> model,
      Runnable whole,
      CountDownLatch busy) {
    var index = next.getAndIncrement();
    if (index >= numbers.size()) {
      busy.countDown();
      return;
    }
    var number = numbers.get(index);
    ask(model.apply(number), number)
        .onSuccess(_ -> whole.run())
        .compose(_ -> turn(), _ -> turn())
        .onComplete(_ -> goOn(numbers, next, model, whole, busy));
  }

  private Future<Void> turn() {
    var turn = Promise.<Void>promise();
    vertx.runOnContext(_ -> turn.complete());
    return turn.future();
  }

  private Future<Buffer> ask(String model, int number) {
    var url = URI.create(child.url());
    var streamed = number % 2 == 0;
    var body =
        "{\"model\":\"counted/%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"number %09d\"}]}"
            .formatted(model, streamed, number);
    return http.request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI("/v1/chat/completions")
                .putHeader("authorization", "Bearer " + AUTH)
                .putHeader("content-type", "application/json"))
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(answer -> {
          if (answer.statusCode() != 200) {
            wrong.add(model + " was refused with " + answer.statusCode());
          }
          return answer.body();
        });
  }

  private void compare() {
    var usage =
        JsonMapper.shared().readTree(child.get("/api/usage?by=model&limit=1000", AUTH).body());
    var items = new TreeMap<String, Sums>();
    usage.path("items").forEach(item -> items.put(item.path("model").asString(), Sums.of(item)));
    truth.forEach((model, sums) -> compare(model, sums, items.getOrDefault(model, Sums.NONE)));
    items.keySet().stream()
        .filter(model -> !truth.containsKey(model))
        .forEach(model -> wrong.add(model + " was never asked"));
    var all = items.values().stream().mapToLong(Sums::requests).sum();
    var told = usage.path("totals").path("requests").asLong();
    if (all != told) {
      wrong.add("the items are " + all + " requests, the totals " + told);
    }
  }

  private void compare(String model, Sums known, Sums counted) {
    if (model.startsWith(CountedProvider.SAME)) {
      var one = Sums.NONE.plus(Told.of(model, 0));
      var many = counted.requests();
      if (many < known.requests() || many > known.requests() + CLIENTS) {
        wrong.add(model + ": " + known.requests() + " were heard, counted are " + many);
      }
      check(model, one.times(many), counted);
    } else if (model.startsWith(CountedProvider.CUT)) {
      if (counted.requests() != known.requests()
          || counted.input() == 0
          || counted.input() % known.requests() != 0) {
        wrong.add(model + ": " + known.requests() + " were cut, counted are " + counted);
      }
    } else {
      check(model, known, counted);
    }
  }

  private void check(String model, Sums known, Sums counted) {
    if (!known.rounded().equals(counted)) {
      wrong.add(model + ": " + known + ", counted are " + counted);
    }
  }

  /// What was asked, and what is known of it.
  Map<String, Sums> truth() {
    return truth;
  }

  @Override
  public void close() {
    child.close();
    vertx.close().await();
  }

  static void main(String[] arguments) throws Exception {
    var requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    var kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    var dir = Files.createTempDirectory("one-balance-totals");
    boolean exact;
    try (var run = new TotalsRun(dir)) {
      var began = System.nanoTime();
      var wrong = run.run(requests, kills);
      var asked = run.truth().values().stream().mapToLong(Sums::requests).sum();
      var nanos = run.truth().values().stream().mapToLong(Sums::nanos).sum();
      System.out.printf(
          Locale.ROOT,
          "%,d requests, %d kills, %.6f dollars, %.0f s: %s%n",
          asked,
          kills,
          nanos / 1e9,
          (System.nanoTime() - began) / 1e9,
          wrong.isEmpty() ? "all totals are exact" : String.join("; ", wrong));
      exact = wrong.isEmpty();
    }
    System.exit(exact ? 0 : 1);
  }
}
