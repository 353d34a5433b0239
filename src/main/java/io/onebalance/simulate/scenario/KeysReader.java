package io.onebalance.simulate.scenario;

import io.onebalance.simulate.scenario.KeyGroup.Ailments;
import io.onebalance.simulate.scenario.KeyGroup.Flapping;
import io.onebalance.simulate.scenario.KeyGroup.Sharing;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the keys of a scenario and the quotas they have.
final class KeysReader {
  private static final long MOST_KEYS = 2_000_000;
  private static final long MOST_AMOUNT = 1_000_000_000_000L;
  private static final long QUARTER = 900_000;
  private static final Kind<Long> AMOUNT = Kind.whole(0, MOST_AMOUNT);

  private final Fields fields;
  private final Map<String, Plan> plans = new LinkedHashMap<>();

  KeysReader(Fields fields) {
    this.fields = fields;
  }

  List<KeyGroup> read() throws BadScenario {
    for (var entry : fields.named("quotas").entrySet()) {
      plans.put(entry.getKey(), plan(entry.getValue()));
    }
    var groups = new ArrayList<KeyGroup>();
    for (var group : fields.maps("keys")) {
      groups.add(group(group));
      group.end();
    }
    if (groups.isEmpty()) {
      throw new BadScenario(fields.line(), "'keys' is missing; allowed: a list of groups of keys");
    }
    return groups;
  }

  private KeyGroup group(Fields group) throws BadScenario {
    var quota = group.need("quota", Kind.TEXT);
    var plan = plans.get(quota);
    if (plan == null) {
      throw group.wrong(
          group.line(),
          "quota '" + quota + "' is not one of: " + String.join(", ", plans.keySet()));
    }
    var count = group.need("count", Kind.whole(1, MOST_KEYS)).intValue();
    var ailments = new Ailments(group.get("dead", Kind.SHARE, 0.0), flapping(group));
    var others = group.get("others", Kind.SHARE, 0.0);
    return new KeyGroup(quota, count, plan, sharing(group, count), ailments, others);
  }

  private static Sharing sharing(Fields group, int count) throws BadScenario {
    var projects = group.find("projects", Kind.whole(1, count));
    var told = group.get("told", Kind.TRUTH, false);
    return projects.isEmpty() ? Sharing.NONE : new Sharing(projects.get().intValue(), told);
  }

  private static Flapping flapping(Fields group) throws BadScenario {
    var flapping = group.map("flapping");
    if (flapping.isEmpty()) {
      return Flapping.NONE;
    }
    var of = flapping.get();
    var share = of.need("share", Kind.SHARE);
    var up = of.get("up", Kind.LENGTH_OF_TIME, QUARTER);
    var down = of.get("down", Kind.LENGTH_OF_TIME, QUARTER / 3);
    var answer = of.get("answer", Kind.word(Trouble.class), Trouble.FAULTED);
    of.end();
    return new Flapping(share, Math.max(1, up), down, answer);
  }

  private static Plan plan(Fields quota) throws BadScenario {
    var limits = new ArrayList<Limit>();
    var minute = quota.get("minute", Kind.word(Turn.class), Turn.ROLLING);
    var zone = quota.find("day", Kind.ZONE);
    for (var kind : Limit.Kind.values()) {
      limits(quota, kind, minute, zone, limits);
    }
    if (limits.isEmpty()) {
      throw quota.wrong(quota.line(), "there is no limit; allowed: 'requests-per-minute: 10'");
    }
    var changes = new ArrayList<Plan.Change>();
    for (var change : quota.maps("changes")) {
      var at = change.need("at", Kind.LENGTH_OF_TIME);
      changes.add(new Plan.Change(at, change.need("times", Kind.FACTOR)));
      change.end();
    }
    quota.end();
    return new Plan(limits, changes);
  }

  private static void limits(
      Fields quota, Limit.Kind kind, Turn minute, Optional<ZoneId> day, List<Limit> limits)
      throws BadScenario {
    if (kind == Limit.Kind.CONCURRENT) {
      quota
          .find("concurrent", AMOUNT)
          .ifPresent(n -> limits.add(new Limit(kind, Limit.Span.NONE, n, Optional.empty())));
      return;
    }
    var name = word(kind);
    quota
        .find(name + "-per-minute", AMOUNT)
        .ifPresent(n -> limits.add(new Limit(kind, Limit.Span.MINUTE, n, minute.zone())));
    quota
        .find(name + "-per-day", AMOUNT)
        .ifPresent(n -> limits.add(new Limit(kind, Limit.Span.DAY, n, day)));
  }

  private static String word(Limit.Kind kind) {
    return kind.told().word();
  }

  /// When the minute of a limit begins anew.
  enum Turn {
    ROLLING,
    CLOCK;

    private Optional<ZoneId> zone() {
      return this == CLOCK ? Optional.of(ZoneOffset.UTC) : Optional.empty();
    }
  }
}
