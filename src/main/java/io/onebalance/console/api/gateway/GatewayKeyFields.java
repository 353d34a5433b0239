package io.onebalance.console.api.gateway;

import io.onebalance.access.Group;
import io.onebalance.access.Permissions;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Shown;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.store.issue.IssuedKey.Terms;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What a request says of a gateway key.
public record GatewayKeyFields(JsonRecord fields, Catalogue catalogue) {
  public static final Set<String> NEW = Set.of("name", "groups", "limits", "expires_at");
  public static final Set<String> PATCH =
      Set.of("name", "groups", "limits", "expires_at", "enabled");

  private static final Set<String> LIMITS =
      Arrays.stream(Limit.values()).map(Limit::field).collect(Collectors.toSet());

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_GROUPS = 20_000;

  /// The last second of the year 9999. A larger number is most likely milliseconds.
  private static final long LATEST = 253_402_300_799L;

  public Optional<String> name() {
    return fields.text("name", LONGEST_NAME).map(GatewayKeyFields::notEmpty);
  }

  private static String notEmpty(String name) {
    if (name.isEmpty()) {
      throw Refusal.invalid("'name' is empty");
    }
    return name;
  }

  /// What the key may do has to be said; the rest need not.
  public Terms newTerms() {
    var groups =
        groups()
            .orElseThrow(() ->
                Refusal.invalid(
                    "the field 'groups' is missing: provider,model&provider, or * for everything,"
                        + " the console and the key API included"));
    return new Terms(groups, limits().orElse(KeyLimits.NONE), true, expires(Optional.empty()));
  }

  public Terms over(Terms before) {
    return new Terms(
        groups().orElse(before.groups()),
        limits().orElse(before.limits()),
        fields.flag("enabled").orElse(before.enabled()),
        expires(before.expires()));
  }

  private Optional<List<Group>> groups() {
    return fields
        .text("groups", LONGEST_GROUPS)
        .map(text -> {
          try {
            return Permissions.ofIssued(text, this::slug);
          } catch (IllegalArgumentException why) {
            throw Refusal.invalid("'groups' " + why.getMessage());
          }
        });
  }

  private String slug(String name) {
    return catalogue
        .find(name)
        .map(Provider::slug)
        .orElseThrow(
            () -> new IllegalArgumentException("names no provider: '" + Shown.brief(name) + "'"));
  }

  /// `null` is never; absent is as it was.
  private Optional<Instant> expires(Optional<Instant> before) {
    var given = fields.field("expires_at");
    if (given.isEmpty()) {
      return before;
    }
    return given
        .filter(value -> !value.isNull())
        .map(value -> Instant.ofEpochSecond(number("expires_at", value, 1, LATEST)));
  }

  /// All limits at once: what is not named has the default of the settings, `null` is no limit.
  private Optional<KeyLimits> limits() {
    return fields
        .field("limits")
        .map(node -> {
          var given = JsonRecord.of(node, LIMITS);
          var numbers = new EnumMap<Limit, Long>(Limit.class);
          for (var limit : Limit.values()) {
            given.field(limit.field()).ifPresent(value -> numbers.put(limit, number(limit, value)));
          }
          return new KeyLimits(numbers);
        });
  }

  private static long number(Limit limit, JsonNode value) {
    return value.isNull()
        ? KeyLimits.ANY
        : number("limits." + limit.field(), value, limit.least(), limit.most());
  }

  private static long number(String name, JsonNode value, long least, long most) {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw Refusal.invalid(
          "'%s' must be a whole number from %d to %d".formatted(name, least, most));
    }
    return value.longValue();
  }
}
