package io.onebalance.console.pages.house;

import io.onebalance.access.Grants.Defined;
import io.onebalance.access.Permissions;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.Spent;
import io.onebalance.access.limit.Standing;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.console.pages.house.GatewayKeyPage.Edit;
import io.onebalance.console.pages.house.GatewayKeyPage.LimitField;
import io.onebalance.console.pages.house.GatewayKeysPage.Name;
import io.onebalance.console.pages.house.GatewayKeysPage.Row;
import io.onebalance.console.pages.house.GatewayKeysPage.State;
import io.onebalance.console.pages.house.GatewayKeysPage.Use;
import io.onebalance.console.pages.words.Figures;
import io.onebalance.console.pages.words.Stamp;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Params;
import io.onebalance.store.issue.IssuedKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Puts gateway keys into words, as they are at one moment. `byDefault` limits the issued ones
/// where they say nothing.
record GatewayKeyWords(Words words, Spendings spendings, KeyLimits byDefault, Instant now) {
  private static final int MICRO_PLACES = 6;

  Row row(Defined defined) {
    var grant = defined.grant();
    return new Row(
        new Name(defined.place(), grant.name(), grant.id(), Optional.empty()),
        groups(Permissions.text(grant.groups())),
        limits(grant.limits(), KeyLimits.NONE),
        use(grant.id()),
        state(true, defined.lastMoment()));
  }

  Row row(IssuedKey key) {
    var terms = key.terms();
    return new Row(
        new Name(
            key.name(), "ob-…" + key.tail(), key.id(), Optional.of("/gateway-keys/" + key.id())),
        groups(Permissions.text(terms.groups())),
        limits(terms.limits(), byDefault),
        use(key.id()),
        state(terms.enabled(), terms.expires()));
  }

  /// The form for a new key.
  Edit edit() {
    return new Edit("", "", "", fields(_ -> ""));
  }

  /// The form for changing a key.
  Edit edit(IssuedKey key) {
    var terms = key.terms();
    return new Edit(
        key.name(),
        Permissions.text(terms.groups()),
        input(terms.expires()),
        fields(limit -> value(limit, terms.limits()).orElse("")));
  }

  /// The form as it was filled in.
  Edit edit(Params form) {
    return new Edit(
        form.text("name"),
        form.text("groups"),
        form.text("expires"),
        fields(limit -> form.text(limit.field())));
  }

  private List<LimitField> fields(Function<Limit, String> values) {
    return Arrays.stream(Limit.values())
        .map(limit ->
            new LimitField(
                limit.field(),
                words.of("limit." + limit.field()),
                values.apply(limit),
                value(limit, byDefault).orElse("-")))
        .toList();
  }

  /// What is said of a limit, as a field takes it.
  private static Optional<String> value(Limit limit, KeyLimits limits) {
    return Optional.ofNullable(limits.numbers().get(limit)).map(number -> value(limit, number));
  }

  private static String value(Limit limit, long number) {
    if (number == KeyLimits.ANY) {
      return GatewayKeyForm.NONE;
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

  private String limits(KeyLimits own, KeyLimits otherwise) {
    var told =
        Arrays.stream(Limit.values())
            .flatMap(limit ->
                limit(limit, own, otherwise)
                    .map(text -> words.of("limit." + limit.field()) + ": " + text)
                    .stream())
            .collect(Collectors.joining(", "));
    return told.isEmpty() ? "-" : told;
  }

  private Optional<String> limit(Limit limit, KeyLimits own, KeyLimits otherwise) {
    if (own.numbers().containsKey(limit)) {
      return own.of(limit) == KeyLimits.ANY
          ? Optional.of(words.of("gateway.limits.none"))
          : value(limit, own);
    }
    return value(limit, otherwise)
        .filter(text -> !text.equals(GatewayKeyForm.NONE))
        .map(text -> words.of("gateway.limits.default", text));
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
        expires.map(Stamp::minutes).orElse(words.of("gateway.expires.never")));
  }

  /// As the input of a date and time has it, which knows no seconds.
  static String input(Optional<Instant> expires) {
    return expires.map(end -> String.format(Locale.ROOT, "%.16s", end.toString())).orElse("");
  }
}
