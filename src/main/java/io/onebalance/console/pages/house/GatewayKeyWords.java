package io.onebalance.console.pages.house;

import io.onebalance.access.Grants.Defined;
import io.onebalance.access.Permissions;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.Spent;
import io.onebalance.access.limit.Standing;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.console.pages.house.GatewayKeysPage.LimitField;
import io.onebalance.console.pages.house.GatewayKeysPage.Name;
import io.onebalance.console.pages.house.GatewayKeysPage.Row;
import io.onebalance.console.pages.house.GatewayKeysPage.State;
import io.onebalance.console.pages.house.GatewayKeysPage.Use;
import io.onebalance.console.pages.words.Figures;
import io.onebalance.console.pages.words.Stamp;
import io.onebalance.console.pages.words.Words;
import io.onebalance.store.issue.IssuedKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts gateway keys into words, as they are at one moment.
record GatewayKeyWords(Words words, Spendings spendings, Instant now) {
  private static final int MICRO_PLACES = 6;

  Row row(Defined defined) {
    var grant = defined.grant();
    return new Row(
        new Name(defined.place(), grant.name(), grant.id(), Optional.empty()),
        groups(Permissions.text(grant.groups())),
        limits(grant.limits()),
        use(grant.id()),
        state(true, defined.lastMoment()));
  }

  Row row(IssuedKey key) {
    var terms = key.terms();
    return new Row(
        new Name(
            key.name(), "ob-…" + key.tail(), key.id(), Optional.of("/gateway-keys/" + key.id())),
        groups(Permissions.text(terms.groups())),
        limits(terms.limits()),
        use(key.id()),
        state(terms.enabled(), terms.expires()));
  }

  List<LimitField> fields(KeyLimits limits) {
    return Arrays.stream(Limit.values())
        .map(limit ->
            new LimitField(
                limit, words.of("limit." + limit.field()), value(limit, limits.of(limit))))
        .toList();
  }

  private static String value(Limit limit, long number) {
    if (number == KeyLimits.ANY) {
      return "";
    }
    return limit.isMoney()
        ? BigDecimal.valueOf(number, MICRO_PLACES).stripTrailingZeros().toPlainString()
        : Long.toString(number);
  }

  private String groups(String text) {
    return text.equals(Permissions.ALL)
        ? words.of("gateway.everything")
        : text.replace(",", ", ").replace("&", " & ");
  }

  private String limits(KeyLimits limits) {
    var told =
        limits.numbers().entrySet().stream()
            .filter(one -> one.getValue() != KeyLimits.ANY)
            .map(one ->
                words.of("limit." + one.getKey().field())
                    + ": "
                    + value(one.getKey(), one.getValue()))
            .collect(Collectors.joining(", "));
    return told.isEmpty() ? "-" : told;
  }

  private Use use(String id) {
    var standing = spendings.standing(id, now);
    return new Use(spent(standing.map(Standing::today)), spent(standing.map(Standing::thisMonth)));
  }

  private String spent(Optional<Spent> spent) {
    var sum = spent.orElse(Spent.NOTHING);
    return words.of("gateway.spent", Figures.dollars(sum.nanos()), Figures.brief(sum.tokens()));
  }

  private State state(boolean enabled, Optional<Instant> expires) {
    var over = expires.filter(end -> end.isBefore(now)).isPresent();
    var word = over ? "expired" : enabled ? "enabled" : "disabled";
    return new State(
        word.equals("enabled") ? "good" : "bad",
        words.of("gateway." + word),
        expires.map(Stamp::minutes).orElse(words.of("never")));
  }

  static String input(Optional<Instant> expires) {
    return expires.map(end -> String.format(Locale.ROOT, "%.16s", end.toString())).orElse("");
  }
}
