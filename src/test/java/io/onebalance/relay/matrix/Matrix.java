package io.onebalance.relay.matrix;

import io.onebalance.ledger.price.Prices;
import io.onebalance.proof.Notary;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Message;
import io.onebalance.route.Endpoint;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Departure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// One seed of the fault matrix, played from the first request until nothing is left to happen.
final class Matrix {
  private static final int REQUESTS = 30;
  private static final Duration PLAYED = Duration.ofMinutes(2);
  private static final Duration AFTERWARDS = Duration.ofHours(1);
  private static final String MODEL = "m-1";

  /// What became of a seed: what requests ended in, what attempts came to, and every rule that was
  /// broken. Two plays of a seed are equal.
  record Report(
      long seed,
      Map<String, Integer> endings,
      Map<Means, Integer> met,
      List<String> broken,
      List<String> story) {}

  private final long seed;
  private final SplittableRandom chance;
  private final World world;
  private final Rules rules;
  private final Map<String, Integer> endings = new TreeMap<>();

  private Matrix(long seed, Notary notary) {
    this.seed = seed;
    this.chance = new SplittableRandom(seed);
    this.world = new World(chance.split(), notary);
    this.rules = new Rules(world);
  }

  static Report play(long seed, Notary notary) {
    return new Matrix(seed, notary).play();
  }

  private Report play() {
    var spread = PLAYED.toMillis() >> chance.nextInt(8);
    for (var number = 0; number < REQUESTS; number++) {
      client(number, Duration.ofMillis(chance.nextLong(spread)));
    }
    if (chance.nextInt(3) == 0) {
      var upstream = world.upstreams.get(chance.nextInt(world.upstreams.size()));
      var from = World.START.plusMillis(chance.nextLong(spread));
      upstream.failsBetween(from, from.plusMillis(chance.nextLong(spread)));
    }
    var quiet = world.time.passUntil(World.START.plus(PLAYED).plus(AFTERWARDS));
    var met = new EnumMap<Means, Integer>(Means.class);
    world.wire.attempts().forEach(one -> met.merge(one.shape.means(), 1, Integer::sum));
    return new Report(seed, endings, met, rules.broken(quiet), story());
  }

  /// Attempt by attempt, for people who look why a seed broke a rule.
  private List<String> story() {
    return world.wire.attempts().stream()
        .map(it ->
            "%s request %d asks %s: %s %s, heard %s"
                .formatted(
                    since(it.at),
                    it.client.number(),
                    it.key.id(),
                    it.shape.means(),
                    it.shape instanceof Shape.Answers answer ? answer.fields() : "",
                    since(it.told)))
        .toList();
  }

  private static String since(Instant at) {
    return at.equals(Instant.MAX)
        ? "never"
        : "%.3f".formatted(Duration.between(World.START, at).toMillis() / 1000.0);
  }

  private void client(int number, Duration arrival) {
    var upstream = world.upstreams.get(chance.nextInt(world.upstreams.size()));
    var start = World.START.plus(arrival);
    var client =
        new PretendClient(
            number,
            upstream.slug(),
            chance.nextInt(15) == 0,
            chance.nextInt(5) > 0,
            chance.nextInt(4) == 0,
            start.plus(world.snapshot.patience().overall()),
            new Departure());
    world.clients.add(client);
    world.time.after(arrival, () -> begin(client));
    if (chance.nextInt(10) == 0) {
      world.time.after(
          arrival.plusMillis(chance.nextLong(5_000)),
          () -> {
            rules.left(client);
            client.departure().happened();
          });
    }
  }

  private void begin(PretendClient client) {
    var draft =
        world.drafts.begin(
            "request-" + client.number(),
            new Endpoint.Native(client.provider(), "/v1/x", ""),
            world.time.instant());
    draft.admitted("caller-" + client.number() % 3, Prices.builtIn());
    draft.wants(client.hedged() ? World.HEDGED : MODEL, false);
    var errand = errand(client);
    var journey = new Journey(draft, errand, client.departure(), world.snapshot, client.deadline());
    world
        .hedging
        .ask(journey, List.of(errand))
        .onComplete(asked -> ended(client, asked), failure -> rules.broke(client, failure));
  }

  private static Errand errand(PretendClient client) {
    var fields =
        MultiMap.caseInsensitiveMultiMap()
            .add(PretendClient.FIELD, Integer.toString(client.number()))
            .add("content-type", "application/json");
    var body = new Body.Kept(Buffer.buffer("{\"model\":\"" + MODEL + "\"}"));
    return new Errand(
        World.provider(client.provider()),
        MODEL,
        new Message(HttpMethod.POST, "/v1/chat/completions", "", fields, body),
        new Errand.Traits(client.number() % 2 == 0, client.repeatable(), Errand.Shown.AS_IT_CAME),
        Optional.empty(),
        Optional.empty(),
        _ -> Optional.empty());
  }

  private void ended(PretendClient client, Asked asked) {
    endings.merge(word(asked.ending()), 1, Integer::sum);
    rules.ended(client, asked);
    if (asked.ending() instanceof Ending.Opened opened) {
      Telling.tell(world.time, opened, client.departure(), world.snapshot.patience().idle());
    }
  }

  private static String word(Ending ending) {
    return switch (ending) {
      case Ending.Opened _ -> "opened";
      case Ending.Theirs _ -> "theirs";
      case Ending.Failed _ -> "failed";
      case Ending.Abandoned _ -> "abandoned";
      case Ending.Exhausted(var refusal) -> refusal.code();
    };
  }
}
