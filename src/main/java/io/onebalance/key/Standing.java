package io.onebalance.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What is known of a key: what is stored and what people see. `coolings` holds the running rests
/// by model, [Cooling#WHOLE_KEY] being the key as a whole; `totalCooling` sums all rests ever.
public record Standing(
    State state, Map<String, Cooling> coolings, Duration totalCooling, Health health) {
  /// Of a key just added.
  public static final Standing NEW =
      new Standing(State.ACTIVE, Map.of(), Duration.ZERO, Health.NEW);

  public Standing {
    coolings = Map.copyOf(coolings);
  }

  /// Why the key is not given out for this model now, in words; empty when nothing keeps it.
  public Optional<String> hindrance(String model, Instant now) {
    return switch (state) {
      case State.Blocked(var reason, var since) ->
          Optional.of("blocked since " + since + ": " + reason);
      case State.SetAside() ->
          Optional.of("set aside until it is known whether the key or a request was at fault");
      case State.Active() -> rest(model, now);
    };
  }

  private Optional<String> rest(String model, Instant now) {
    return cooling(Cooling.WHOLE_KEY, now)
        .map(cooling -> "rests as a whole " + told(cooling, now))
        .or(() -> cooling(model, now).map(c -> "rests for " + named(model) + " " + told(c, now)));
  }

  private Optional<Cooling> cooling(String model, Instant now) {
    return Optional.ofNullable(coolings.get(model)).filter(cooling -> cooling.runs(now));
  }

  private static String told(Cooling cooling, Instant now) {
    var seconds = Duration.between(now, cooling.until()).plusMillis(999).toSeconds();
    return "for another " + seconds + " s: " + cooling.reason();
  }

  private static String named(String model) {
    return model.isEmpty() ? "requests without a model" : model;
  }
}
