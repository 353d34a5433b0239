package io.onebalance.served;

import io.onebalance.sandbox.quota.Quota;
import io.onebalance.simulate.Setting;
import io.onebalance.simulate.scenario.KeyGroup;
import io.onebalance.simulate.scenario.Limit;
import io.onebalance.simulate.scenario.Limit.Span;
import io.onebalance.simulate.scenario.Load;
import io.onebalance.simulate.scenario.Plan;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.scenario.Scenario.Demand;
import io.onebalance.simulate.scenario.ScenarioFile;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.PretendKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// A scenario of `docs/scenarios` as the sandbox plays it: half an hour of it where it lasts for
/// longer than two, four hours where keys share what they may do, which takes as long to find out,
/// with minutes that end with the clock, as those of the pretended Gemini do, and with two fifths
/// of its keys and of its load, so that program, sandbox and clients find room on two cores. Both
/// processes read it from the same file, so that neither has to tell the other.
record Truth(Scenario scenario, Keyring keyring, List<String> models) {
  private static final long LONGEST = 2 * 3_600_000L;
  private static final long PART = 1_800_000;
  private static final long PART_OF_SHARED = 4 * 3_600_000L;
  private static final double OF_ALL = 0.4;

  static Truth of(String name) throws Exception {
    var file = Path.of("docs/scenarios", name + ".yaml");
    var read = ScenarioFile.read(Files.readString(file));
    var timing = read.timing();
    var part = timing.duration() >= LONGEST ? read.during(timing.start(), part(read)) : read;
    var scenario = smaller(part.with(part.keys().stream().map(Truth::byTheClock).toList()));
    if (!scenario.provider().slug().equals("google-ai-studio")) {
      throw new IllegalArgumentException(
          name + " is not about a provider that counts by the clock");
    }
    return new Truth(scenario, Keyring.of(scenario), Setting.of(scenario).models());
  }

  private static long part(Scenario whole) {
    var isShared = whole.keys().stream().anyMatch(group -> group.sharing().projects() > 0);
    return isShared ? PART_OF_SHARED : PART;
  }

  private static Scenario smaller(Scenario whole) {
    var keys =
        whole.keys().stream()
            .map(group -> group.sized((int) Math.round(group.count() * OF_ALL)))
            .toList();
    var demand = whole.demand();
    var loads = demand.loads().stream().map(Truth::smaller).toList();
    return new Scenario(
        whole.title(),
        whole.timing(),
        whole.provider(),
        keys,
        new Demand(loads, demand.input(), demand.output(), demand.gatewayKeys()),
        whole.cluster(),
        whole.seed());
  }

  private static Load smaller(Load load) {
    return new Load(
        load.model(),
        load.perMinute() * OF_ALL,
        load.from(),
        load.to(),
        load.byHour(),
        load.burst());
  }

  private static KeyGroup byTheClock(KeyGroup group) {
    var limits = group.plan().limits().stream().map(Truth::byTheClock).toList();
    var plan = new Plan(limits, group.plan().changes());
    return new KeyGroup(
        group.name(), group.count(), plan, group.sharing(), group.ailments(), group.others());
  }

  private static Limit byTheClock(Limit limit) {
    return limit.span() == Span.MINUTE
        ? new Limit(limit.kind(), limit.span(), limit.amount(), Optional.of(ZoneOffset.UTC))
        : limit;
  }

  /// How long after its start a day begins anew, where days are counted.
  Optional<Long> midnight() {
    var start = Instant.ofEpochMilli(scenario.timing().start());
    return scenario.keys().stream()
        .flatMap(group -> group.plan().limits().stream())
        .filter(limit -> limit.span() == Span.DAY)
        .map(limit -> limit.zone().orElseThrow())
        .map(zone -> start.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone))
        .map(midnight -> midnight.toInstant().toEpochMilli() - start.toEpochMilli())
        .findFirst();
  }

  /// How the key is written.
  static String text(PretendKey key) {
    return "AIza-pretended-%04d".formatted(key.number());
  }

  /// What a key may do at a time since the start.
  static Quota quota(PretendKey key, long sinceStart) {
    return new Quota(
        amount(key, Limit.Kind.REQUESTS, Span.MINUTE, sinceStart),
        amount(key, Limit.Kind.REQUESTS, Span.DAY, sinceStart),
        0);
  }

  private static long amount(PretendKey key, Limit.Kind kind, Span span, long sinceStart) {
    var plan = key.group().plan();
    return plan.limits().stream()
        .filter(limit -> limit.kind() == kind && limit.span() == span)
        .mapToLong(limit -> Math.round(limit.amount() * plan.factor(sinceStart)))
        .findFirst()
        .orElse(0);
  }

  /// How long the pretended provider takes for an answer, in real time: the usual length of a
  /// scenario's.
  long answerMillis() {
    var provider = scenario.provider();
    return Lens.real(Math.round(provider.first().median() + provider.rest().median()));
  }

  /// How long one request may wait for a key, in real time.
  long patience() {
    return Lens.real(scenario.timing().patience());
  }
}
