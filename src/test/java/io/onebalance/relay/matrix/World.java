package io.onebalance.relay.matrix;

import io.onebalance.access.Grants;
import io.onebalance.access.MalformedAuthKey;
import io.onebalance.key.ApiKey;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.queue.Lines;
import io.onebalance.key.why.Whys;
import io.onebalance.ledger.price.Prices;
import io.onebalance.proof.Notary;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.GatewayRoad;
import io.onebalance.relay.ask.InLine;
import io.onebalance.relay.ask.again.Budgets;
import io.onebalance.relay.ask.hedge.Hedging;
import io.onebalance.relay.ask.once.Asking;
import io.onebalance.relay.exchange.note.Drafts;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.relay.exchange.rules.HedgeRules;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.exchange.rules.SocketLimits;
import io.onebalance.relay.exchange.rules.TimeLimits;
import io.onebalance.route.VirtualModels;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.Wheel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that one seed is played in: the real rooms from the choice of a key to the verdict, the
/// pretended providers, and the time they share.
final class World {
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  static final String HEDGED = "hedged";
  private static final Duration OVERALL = Duration.ofSeconds(40);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Catalogue CATALOGUE = Catalogue.builtIn();
  private static final Map<String, Map<String, List<Golden>>> GOLDEN =
      Stream.of("openai", "anthropic", "google-ai-studio", "groq", "mistral", "openrouter")
          .collect(Collectors.toMap(slug -> slug, Golden::of));

  final VirtualTime time = new VirtualTime(START);
  final List<Upstream> upstreams = new ArrayList<>();
  final List<PretendClient> clients = new ArrayList<>();
  final Pools pools;
  final Lines lines;
  final Wire wire;
  final Failover failover;
  final Hedging hedging;
  final Drafts drafts;
  final Snapshot snapshot;

  World(SplittableRandom chance, Notary notary) {
    pools = new Pools(new Policy(2, 5), chance.split(), _ -> {});
    lines = new Lines(time, time);
    var byHost = new HashMap<String, Upstream>();
    wire = new Wire(time, chance.split(), byHost, clients);
    var wheel = new Wheel((Wheel.Motor) time);
    var budgets = new Budgets();
    failover =
        new Failover(
            pools,
            new Asking(wire, wheel, notary, time),
            budgets,
            new GatewayRoad(),
            new InLine(lines, time, time),
            wheel,
            time,
            chance.split());
    hedging = new Hedging(failover, budgets, wheel, time);
    drafts = new Drafts(time, _ -> {}, new Whys());
    snapshot = snapshot(Duration.ofMillis(chance.nextInt(15_000)), chance.nextInt(4) == 0);
    var weather = List.of(0.0, 0.03, 0.2, 0.6).get(chance.nextInt(4));
    var slugs = new ArrayList<>(new TreeSet<>(GOLDEN.keySet()));
    for (var i = 1 + chance.nextInt(3); i > 0; i--) {
      var slug = slugs.remove(chance.nextInt(slugs.size()));
      var upstream =
          new Upstream(slug, GOLDEN.getOrDefault(slug, Map.of()), weather, chance.split());
      upstreams.add(upstream);
      byHost.put(host(slug), upstream);
      keys(upstream, chance);
    }
  }

  private static String host(String slug) {
    var probe = new Secret("sk-probe-00000000000000000000");
    return provider(slug).destination(new Way.Direct(), "/v1/x", "", probe).origin().host();
  }

  static Provider provider(String slug) {
    return CATALOGUE.find(slug).orElseThrow();
  }

  private void keys(Upstream upstream, SplittableRandom chance) {
    var many = 1 + chance.nextInt(chance.nextBoolean() ? 3 : 14);
    for (var i = 0; i < many; i++) {
      var id = "sk-%s-%04d-000000000000".formatted(upstream.slug(), i);
      var key = new PretendKey(id, nature(chance), 1 + chance.nextInt(6));
      upstream.keys().add(key);
      var stored = new ApiKey(id, upstream.slug(), new Secret(id), "", "", 1, START);
      pools.of(upstream.slug()).put(stored, Standing.NEW, START);
    }
  }

  private static PretendKey.Nature nature(SplittableRandom chance) {
    return switch (chance.nextInt(10)) {
      case 0 -> PretendKey.Nature.DEAD;
      case 1 -> PretendKey.Nature.DOUBTFUL;
      case 2 -> PretendKey.Nature.POOR;
      case 3, 4, 5 -> PretendKey.Nature.LIMITED;
      default -> PretendKey.Nature.GOOD;
    };
  }

  private static Snapshot snapshot(Duration waiting, boolean hedges) {
    return new Snapshot(
        grants(),
        CATALOGUE,
        new Way.Direct(),
        false,
        new VirtualModels(Map.of()),
        new TimeLimits(
            OVERALL,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            IDLE,
            waiting,
            1000,
            3,
            new ClientLimits(IDLE, IDLE)),
        new BodyLimits(1 << 20, 1 << 20),
        new SocketLimits(IDLE, 1 << 20),
        0,
        false,
        Prices.builtIn(),
        Optional.empty(),
        hedges ? new HedgeRules(List.of(HEDGED), 1, Duration.ofMillis(200)) : HedgeRules.NONE,
        false,
        _ -> false);
  }

  private static Grants grants() {
    try {
      return Grants.parse("gateway-key-of-the-matrix");
    } catch (MalformedAuthKey impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
