package io.onebalance.store.standing;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A standing as the columns of a row, with the seeds' units: seconds, milliseconds, per mille.
/// Reading forgives NULL, odd types and both shapes that the seeds wrote: what cannot be understood
/// counts as nothing learnt.
public final class Standings {
  public static final String SET =
      """
      status = :status, reason = :reason, since = :since, set_aside = :aside,
      model_coolings = :coolings, cooling_until = :coolingUntil, total_cooling_seconds = :totalCooling,
      latency_ms = :latency, success_rate = :successRate, consecutive_failures = :failures,
      last_checked_at = :checked, last_succeeded_at = :succeeded\
      """;

  static final String ACTIVE = "active";
  public static final String BLOCKED = "blocked";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Standings() {}

  /// The values of [#SET], by name.
  public static Map<String, ?> columns(Standing standing) {
    var columns = new HashMap<String, @Nullable Object>(state(standing.state()));
    columns.put("coolings", json(standing.coolings()));
    columns.put("coolingUntil", latest(standing.coolings()));
    columns.put("totalCooling", seconds(standing.totalCooling()));
    columns.put("latency", standing.health().latency().toMillis());
    columns.put("successRate", Math.round(standing.health().successRate() * 1000));
    columns.put("failures", standing.health().consecutiveFailures());
    columns.put("checked", standing.health().lastCheckedAt().getEpochSecond());
    columns.put("succeeded", standing.health().lastSucceededAt().getEpochSecond());
    return columns;
  }

  private static Map<String, Object> state(State state) {
    return switch (state) {
      case State.Active() -> state(ACTIVE, "", 0, 0);
      case State.SetAside() -> state(ACTIVE, "", 0, 1);
      case State.Blocked(var reason, var since) ->
          state(BLOCKED, reason, since.getEpochSecond(), 0);
    };
  }

  private static Map<String, Object> state(String status, String reason, long since, int aside) {
    return Map.of("status", status, "reason", reason, "since", since, "aside", aside);
  }

  public static Standing read(ResultSet row) throws SQLException {
    return new Standing(
        state(row),
        coolings(row.getString("model_coolings")),
        Duration.ofSeconds(Math.max(0, row.getLong("total_cooling_seconds"))),
        health(row));
  }

  /// What is neither active nor blocked is not used: nobody knows what was meant.
  private static State state(ResultSet row) throws SQLException {
    var status = text(row, "status");
    if (status.equals(ACTIVE)) {
      return row.getBoolean("set_aside") ? State.SET_ASIDE : State.ACTIVE;
    }
    var reason = status.equals(BLOCKED) ? text(row, "reason") : "its status is " + status;
    return new State.Blocked(reason, time(row, "since"));
  }

  private static Health health(ResultSet row) throws SQLException {
    return new Health(
        Duration.ofMillis(Math.max(0, row.getLong("latency_ms"))),
        Math.clamp(row.getLong("success_rate"), 0, 1000) / 1000.0,
        Math.max(0, row.getInt("consecutive_failures")),
        time(row, "last_checked_at"),
        time(row, "last_succeeded_at"));
  }

  public static String text(ResultSet row, String column) throws SQLException {
    var text = row.getString(column);
    return text == null ? "" : text;
  }

  public static Instant time(ResultSet row, String column) throws SQLException {
    return moment(row.getLong(column));
  }

  /// No sane time lies outside; what does would break the reckoning with it.
  private static Instant moment(long seconds) {
    return Instant.ofEpochSecond(Math.clamp(seconds, 0, 253_402_300_799L));
  }

  /// `{model: {total_seconds, end_at, reason, strikes}}`; ends are rounded up, so that no rest gets
  /// shorter by a restart.
  private static String json(Map<String, Cooling> coolings) {
    var all = JSON.createObjectNode();
    coolings.forEach((model, cooling) ->
        all.putObject(model)
            .put("total_seconds", seconds(cooling.total()))
            .put("end_at", ceiling(cooling.until()))
            .put("reason", cooling.reason())
            .put("strikes", cooling.strikes()));
    return all.toString();
  }

  private static Map<String, Cooling> coolings(@Nullable String json) {
    var coolings = new HashMap<String, Cooling>();
    if (json != null && json.length() > 2) {
      tree(json)
          .properties()
          .forEach(entry -> coolings.put(entry.getKey(), cooling(entry.getValue())));
    }
    return coolings;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException notJson) {
      return JSON.createObjectNode();
    }
  }

  /// One of the seeds also wrote a bare end time.
  private static Cooling cooling(JsonNode node) {
    var end = node.isNumber() ? node : node.path("end_at");
    return new Cooling(
        moment(end.asLong(0)),
        Duration.ofSeconds(Math.max(0, node.path("total_seconds").asLong(0))),
        node.path("reason").asString(""),
        Math.max(0, node.path("strikes").asInt(0)));
  }

  private static long latest(Map<String, Cooling> coolings) {
    return coolings.values().stream().mapToLong(c -> ceiling(c.until())).max().orElse(0);
  }

  static long ceiling(Instant time) {
    return time.getNano() == 0 ? time.getEpochSecond() : time.getEpochSecond() + 1;
  }

  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }
}
