package io.onebalance.console.pages.keys;

import io.onebalance.console.api.LiveState;
import io.onebalance.console.pages.keys.view.KeyPage.Fact;
import io.onebalance.console.pages.keys.view.KeyPage.Resting;
import io.onebalance.console.pages.keys.view.KeyRow;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.pages.words.Durations;
import io.onebalance.console.pages.words.Stamp;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Percent;
import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.keyring.Keyring.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Puts keys into words, as they are at one moment.
record Rows(Words words, Instant now) {
  KeyRow row(Held held) {
    var key = held.key();
    var badge = badge(held.standing());
    return new KeyRow(
        key.id(),
        KeysView.path(key.provider()) + "/" + Percent.encode(key.id()),
        key.secret().masked(),
        key.remark(),
        badge,
        rest(held, badge.why()),
        success(held.standing().health()));
  }

  List<Resting> coolings(Standing standing) {
    return LiveState.running(standing, now).entrySet().stream()
        .map(entry -> resting(entry.getKey(), entry.getValue()))
        .toList();
  }

  List<Fact> facts(Held held) {
    var health = held.standing().health();
    var key = held.key();
    return List.of(
        fact("success", success(health)),
        fact("latency", asked(health) ? health.latency().toMillis() + " ms" : "-"),
        fact("failures", Integer.toString(health.consecutiveFailures())),
        fact("asked", moment(health.lastCheckedAt())),
        fact("served", moment(health.lastSucceededAt())),
        fact("cooled", Durations.orDash(held.standing().totalCooling())),
        fact("used", Durations.text(Duration.between(key.createdAt(), now))),
        fact("added", moment(key.createdAt())),
        fact("account", key.account().isEmpty() ? "-" : key.account()),
        fact("id", key.id()));
  }

  private Fact fact(String name, String value) {
    return new Fact(words.of("key.fact." + name), value);
  }

  private KeyRow.Badge badge(Standing standing) {
    var state = LiveState.of(standing, now);
    var tone = state.word().replace('_', '-');
    var why =
        switch (state) {
          case ACTIVE, COOLING -> "";
          case SET_ASIDE -> words.of("key.set-aside.why");
          case BLOCKED -> reason(standing.state());
        };
    return new KeyRow.Badge(tone, words.of("state." + tone), why);
  }

  private String reason(State state) {
    return state instanceof State.Blocked(var reason, var since)
        ? words.of("key.blocked.why", words.sentence(reason), moment(since))
        : "";
  }

  /// What keeps the key from being used, and how long it has rested in its life.
  private KeyRow.Rest rest(Held held, String why) {
    return new KeyRow.Rest(
        why.isEmpty() ? resting(coolings(held.standing())) : why,
        Durations.orDash(held.standing().totalCooling()),
        Durations.text(Duration.between(held.key().createdAt(), now)));
  }

  /// The first rest by name, and how many more there are.
  private String resting(List<Resting> rests) {
    if (rests.isEmpty()) {
      return "-";
    }
    var first = words.of("key.rests", rests.getFirst().model(), rests.getFirst().left());
    return rests.size() == 1 ? first : words.of("key.rests.more", first, rests.size() - 1);
  }

  private Resting resting(String model, Cooling cooling) {
    return new Resting(
        model(words, model),
        Durations.left(Duration.between(now, cooling.until())),
        Durations.text(cooling.total()),
        words.sentence(cooling.reason()));
  }

  static String model(Words words, String model) {
    if (model.equals(Cooling.WHOLE_KEY)) {
      return words.of("model.all");
    }
    return model.isEmpty() ? words.of("model.none") : model;
  }

  private static String success(Health health) {
    return asked(health) ? String.format(Locale.ROOT, "%.0f %%", 100 * health.successRate()) : "-";
  }

  private static boolean asked(Health health) {
    return !health.lastCheckedAt().equals(Instant.EPOCH);
  }

  private String moment(Instant at) {
    return at.equals(Instant.EPOCH) ? words.of("never") : Stamp.minutes(at);
  }
}
