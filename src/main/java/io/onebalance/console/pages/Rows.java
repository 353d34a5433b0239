package io.onebalance.console.pages;

import io.onebalance.console.api.LiveState;
import io.onebalance.console.pages.KeyPage.Fact;
import io.onebalance.console.pages.KeyPage.Resting;
import io.onebalance.console.web.Percent;
import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.Keyring.Held;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Puts keys into words.
final class Rows {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Rows() {}

  static KeyRow row(Held held, Instant now) {
    var key = held.key();
    return new KeyRow(
        key.id(),
        KeysView.path(key.provider()) + "/" + Percent.encode(key.id()),
        key.secret().masked(),
        key.remark(),
        badge(held.standing(), now),
        rest(held, now),
        success(held.standing().health()));
  }

  static List<Resting> coolings(Standing standing, Instant now) {
    return LiveState.running(standing, now).entrySet().stream()
        .map(entry -> resting(entry.getKey(), entry.getValue(), now))
        .toList();
  }

  static List<Fact> facts(Held held, Instant now) {
    var health = held.standing().health();
    return List.of(
        new Fact("Success", success(health)),
        new Fact("Latency", asked(health) ? health.latency().toMillis() + " ms" : "-"),
        new Fact("Failures in a row", Integer.toString(health.consecutiveFailures())),
        new Fact("Last asked", moment(health.lastCheckedAt())),
        new Fact("Last served", moment(health.lastSucceededAt())),
        new Fact("Cooling time", Durations.orDash(held.standing().totalCooling())),
        new Fact("Used time", Durations.text(Duration.between(held.key().createdAt(), now))),
        new Fact("Added", moment(held.key().createdAt())),
        new Fact("Id", held.key().id()));
  }

  private static KeyRow.Badge badge(Standing standing, Instant now) {
    return switch (LiveState.of(standing, now)) {
      case ACTIVE -> new KeyRow.Badge("active", "Active", "");
      case COOLING -> new KeyRow.Badge("cooling", "Cooling", "");
      case SET_ASIDE ->
          new KeyRow.Badge("set-aside", "Set aside", "An indefinite 401 or 403 came.");
      case BLOCKED -> new KeyRow.Badge("blocked", "Blocked", reason(standing.state()));
    };
  }

  private static String reason(State state) {
    return state instanceof State.Blocked(var reason, var since)
        ? "%s, since %s".formatted(reason, moment(since))
        : "";
  }

  private static KeyRow.Rest rest(Held held, Instant now) {
    return new KeyRow.Rest(
        resting(
            LiveState.running(held.standing(), now).entrySet().stream()
                .map(entry -> resting(entry.getKey(), entry.getValue(), now))
                .toList()),
        Durations.orDash(held.standing().totalCooling()),
        Durations.text(Duration.between(held.key().createdAt(), now)));
  }

  /// The first rest by name, and how many more there are.
  private static String resting(List<Resting> rests) {
    if (rests.isEmpty()) {
      return "-";
    }
    var first = rests.getFirst().model() + " for " + rests.getFirst().left();
    return rests.size() == 1 ? first : first + " and " + (rests.size() - 1) + " more";
  }

  private static Resting resting(String model, Cooling cooling, Instant now) {
    return new Resting(
        name(model),
        Durations.left(Duration.between(now, cooling.until())),
        Durations.text(cooling.total()),
        cooling.reason());
  }

  private static String name(String model) {
    if (model.equals(Cooling.WHOLE_KEY)) {
      return "all models";
    }
    return model.isEmpty() ? "requests without a model" : model;
  }

  private static String success(Health health) {
    return asked(health) ? String.format(Locale.ROOT, "%.0f %%", 100 * health.successRate()) : "-";
  }

  private static boolean asked(Health health) {
    return !health.lastCheckedAt().equals(Instant.EPOCH);
  }

  private static String moment(Instant at) {
    return at.equals(Instant.EPOCH) ? "never" : MINUTES.format(at);
  }
}
