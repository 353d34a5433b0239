package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.words.Durations;
import io.onebalance.console.pages.words.Words;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.why.Crowd;
import io.onebalance.key.why.How;
import io.onebalance.key.why.Keeps;
import io.onebalance.key.why.Other;
import io.onebalance.key.why.Taken;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.secret.Scrub;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Puts into words why a key was chosen, and what kept the others. The key API says the same, in
/// English and with seconds.
record WhyWords(Words words) {
  String because(Taken taken) {
    var flying = words.of("why.in-flight", taken.inFlight());
    return joined(Stream.of(how(taken.how()), flying), taken.levels());
  }

  String because(Other other) {
    return joined(Stream.of(keeps(other.keeps())), other.levels());
  }

  String pool(Crowd crowd) {
    return words.of(
        "why.crowd",
        words.count("keys", crowd.keys()),
        crowd.ready(),
        crowd.full(),
        crowd.blocked());
  }

  private String joined(Stream<String> said, List<Level> levels) {
    return Stream.concat(said, levels.stream().map(this::level))
        .reduce((before, next) -> words.of("why.and", before, next))
        .orElse("");
  }

  private String how(How how) {
    return switch (how) {
      case TURN -> words.of("why.turn");
      case CONVERSATION -> words.of("why.conversation");
      case FIT -> words.of("why.fit");
      case PROVEN -> words.of("why.proven");
      case BEYOND -> words.of("why.beyond");
      case TRIAL -> words.of("why.trial");
      case ONLY -> words.of("why.only");
    };
  }

  private String keeps(Keeps keeps) {
    return switch (keeps) {
      case Keeps.Nothing _ -> words.of("why.nothing");
      case Keeps.Quota(var millis) -> words.of("why.quota", left(millis));
      case Keeps.Rest(var millis) -> words.of("why.rest", left(millis));
      case Keeps.Trial _ -> words.of("why.on-trial");
      case Keeps.Doubt _ -> words.of("why.doubt");
      case Keeps.Block(var reason) -> words.of("why.block", words.sentence(Scrub.scrub(reason)));
    };
  }

  private String level(Level level) {
    var limit = words.of("why.limit", level.limit(), kind(level.kind()));
    var window = window(level.window());
    return level.told()
        ? words.of("why.level", level.used(), limit, window)
        : words.of("why.level.learnt", level.used(), limit, window);
  }

  private String kind(Kind kind) {
    return words.of("quota." + kind.word());
  }

  private String window(Window window) {
    return switch (window) {
      case MINUTE -> words.of("window.minute");
      case DAY -> words.of("window.day");
      case MONTH -> words.of("window.month");
      case UNKNOWN -> words.of("window.unknown");
    };
  }

  private static String left(long millis) {
    return Durations.left(Duration.ofMillis(millis));
  }
}
