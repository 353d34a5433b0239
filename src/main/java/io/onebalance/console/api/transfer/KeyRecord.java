package io.onebalance.console.api.transfer;

import io.onebalance.console.json.JsonRecord;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.key.ApiKey;
import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.keyring.Arrivals.Arriving;
import io.onebalance.store.keyring.Keyring.NewKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A key with all that is known of it, as an export writes and an import reads it.
final class KeyRecord {
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "provider",
          "key",
          "status",
          "reason",
          "remark",
          "account",
          "weight",
          "created_at",
          "updated_at",
          "total_cooling_seconds",
          "coolings",
          "health");
  private static final Set<String> COOLING = Set.of("until", "total_seconds", "reason");
  private static final Set<String> HEALTH =
      Set.of(
          "latency_ms",
          "success_rate",
          "consecutive_failures",
          "last_checked_at",
          "last_succeeded_at");
  private static final int MOST_COOLINGS = 10_000;

  private KeyRecord() {}

  /// The name of the provider as it was written, and the key.
  static Arriving of(JsonNode node, Instant now) {
    var fields = JsonRecord.of(node, FIELDS);
    var words =
        new NewKey(
            text(fields, "key", Limits.SEARCH),
            fields.textOr("remark", Limits.REMARK),
            fields.textOr("account", Limits.ACCOUNT));
    var standing =
        new Standing(
            state(fields, now),
            coolings(node.path("coolings")),
            Duration.ofSeconds(seconds(node, "total_cooling_seconds")),
            health(node.path("health")));
    var created = Optional.of(seconds(node, "created_at")).filter(at -> at > 0);
    return new Arriving(
        text(fields, "provider", Limits.WORD),
        words,
        fields.number("weight", 0, ApiKey.HEAVIEST).orElse(0),
        standing,
        created.map(Instant::ofEpochSecond));
  }

  private static String text(JsonRecord fields, String name, int longest) {
    return fields
        .text(name, longest)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> Refusal.invalid("a '" + name + "' is missing"));
  }

  /// A key that cools is active: its rests say the rest.
  private static State state(JsonRecord fields, Instant now) {
    var reason = fields.textOr("reason", Limits.REMARK);
    return switch (fields.textOr("status", Limits.WORD)) {
      case "", "active", "cooling" -> State.ACTIVE;
      case "set_aside" -> State.SET_ASIDE;
      case "blocked" -> new State.Blocked(reason.isEmpty() ? "blocked elsewhere" : reason, now);
      // Clients send any text.
      default ->
          throw Refusal.invalid("'status' must be one of: active, cooling, set_aside, blocked");
    };
  }

  private static Map<String, Cooling> coolings(JsonNode node) {
    var coolings = new HashMap<String, Cooling>();
    if (node.isMissingNode() || node.isNull()) {
      return coolings;
    }
    if (!node.isObject() || node.size() > MOST_COOLINGS) {
      throw Refusal.invalid("'coolings' must be an object of at most " + MOST_COOLINGS + " models");
    }
    node.properties()
        .forEach(one -> {
          JsonRecord.of(one.getValue(), COOLING);
          coolings.put(
              Limits.line("coolings", one.getKey(), Limits.WORD),
              new Cooling(
                  Instant.ofEpochSecond(seconds(one.getValue(), "until")),
                  Duration.ofSeconds(seconds(one.getValue(), "total_seconds")),
                  new JsonRecord(one.getValue()).textOr("reason", Limits.REMARK),
                  0));
        });
    return coolings;
  }

  private static Health health(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Health.NEW;
    }
    JsonRecord.of(node, HEALTH);
    var rate = node.path("success_rate").asDouble(1);
    return new Health(
        Duration.ofMillis(seconds(node, "latency_ms")),
        rate >= 0 && rate <= 1 ? rate : 1,
        (int) Math.min(Integer.MAX_VALUE, seconds(node, "consecutive_failures")),
        Instant.ofEpochSecond(seconds(node, "last_checked_at")),
        Instant.ofEpochSecond(seconds(node, "last_succeeded_at")));
  }

  /// A whole number that is not negative and no later than the year 9999; absent or null is 0.
  private static long seconds(JsonNode node, String name) {
    var value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.canConvertToLong() || value.asLong() < 0 || value.asLong() > 253_402_300_799L) {
      throw Refusal.invalid("'" + name + "' must be a whole number from 0 on");
    }
    return value.asLong();
  }
}
