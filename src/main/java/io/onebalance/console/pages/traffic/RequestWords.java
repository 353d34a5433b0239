package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.keys.view.KeyPage.Fact;
import io.onebalance.console.pages.keys.view.KeysView;
import io.onebalance.console.pages.traffic.RequestPage.Badge;
import io.onebalance.console.pages.traffic.RequestPage.Other;
import io.onebalance.console.pages.traffic.RequestPage.Reason;
import io.onebalance.console.pages.traffic.RequestPage.Step;
import io.onebalance.console.pages.traffic.RequestsPage.Cost;
import io.onebalance.console.pages.traffic.RequestsPage.End;
import io.onebalance.console.pages.traffic.RequestsPage.Row;
import io.onebalance.console.pages.traffic.RequestsPage.Served;
import io.onebalance.console.pages.words.Figures;
import io.onebalance.console.pages.words.Stamp;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Percent;
import io.onebalance.key.why.Why;
import io.onebalance.ledger.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Puts requests of the log into words; `callers` and `keys` name those whose ids it knows.
record RequestWords(Words words, UnaryOperator<String> callers, UnaryOperator<String> keys) {
  Row row(Entry entry) {
    return new Row(
        "/requests/" + Percent.encode(entry.requestId()),
        Stamp.seconds(entry.at()),
        new Served(
            callers.apply(entry.gatewayKey()),
            entry.asked().model(),
            entry.served().provider(),
            entry.served().model()),
        end(entry),
        new Cost(Figures.brief(tokens(entry)), money(entry)));
  }

  End end(Entry entry) {
    var ending = entry.ending();
    var tone = ending.isError() ? "bad" : ending.how() == Entry.How.WHOLE ? "good" : "warn";
    var how = ending.how() == Entry.How.WHOLE ? "" : " " + words.of("ended." + word(ending.how()));
    return new End(
        tone,
        (ending.status() == 0 ? "" : Integer.toString(ending.status())) + how,
        Integer.toString(entry.attempted()),
        millis(entry.times().firstByte()),
        millis(entry.times().total()));
  }

  List<Fact> facts(Entry entry) {
    var tokens = entry.tokens();
    return List.of(
        fact("at", Stamp.seconds(entry.at()) + " UTC"),
        fact("gateway-key", callers.apply(entry.gatewayKey())),
        fact("kind", kind(entry)),
        fact("asked", entry.asked().model()),
        fact("provider", entry.served().provider()),
        fact("model", entry.served().model()),
        fact("route", words.named("route.", word(entry.served().route()))),
        fact("first-byte", millis(entry.times().firstByte())),
        fact("total", millis(entry.times().total())),
        fact("tokens", words.of("tile.tokens", tokens.input(), tokens.output())),
        fact("cached", Long.toString(tokens.cached())),
        fact("reasoning", Long.toString(tokens.reasoning())),
        fact("source", words.named("source.", word(tokens.source()))),
        fact("cost", money(entry)),
        fact("dropped", String.join(", ", entry.dropped())),
        fact("id", entry.requestId()));
  }

  private String kind(Entry entry) {
    var kind = words.named("kind.", word(entry.asked().kind()));
    return entry.asked().stream() ? words.of("kind.stream", kind) : kind;
  }

  private Fact fact(String name, String value) {
    return new Fact(words.of("request." + name), value.isEmpty() ? "-" : value);
  }

  Step step(Entry.Attempt attempt) {
    return new Step(
        attempt.provider(),
        key(attempt.provider(), attempt.keyId()),
        new Badge(tone(attempt.verdict()), words.named("verdict.", attempt.verdict())),
        attempt.after().toMillis(),
        attempt.took().toMillis());
  }

  /// `providers` says whose a key is.
  Reason reason(UnaryOperator<String> providers, Why why) {
    var told = new WhyWords(words);
    return new Reason(
        key(providers.apply(why.keyId()), why.keyId()),
        told.because(why.taken()),
        told.pool(why.crowd()),
        why.others().stream()
            .map(other ->
                new Other(key(providers.apply(other.keyId()), other.keyId()), told.because(other)))
            .toList());
  }

  private RequestPage.Key key(String provider, String id) {
    return new RequestPage.Key(KeysView.path(provider) + "/" + Percent.encode(id), keys.apply(id));
  }

  private static String tone(String verdict) {
    return switch (verdict) {
      case "served" -> "active";
      case "limited", "exhausted", "overloaded" -> "cooling";
      // Verdicts are words of the journal.
      default -> "blocked";
    };
  }

  private static long tokens(Entry entry) {
    return entry.tokens().input() + entry.tokens().output();
  }

  private static String money(Entry entry) {
    return entry.cost().map(cost -> Figures.dollars(cost.nanos())).orElse("-");
  }

  private static String millis(Duration time) {
    return time.isZero() ? "-" : Figures.average(time.toMillis(), 1);
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
