package io.onebalance.relay.plan.compat;

import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Message;
import io.onebalance.relay.plan.memory.Belongings;
import io.onebalance.route.Call;
import io.onebalance.route.Effect;
import java.util.Optional;

/// Makes errands of a call for providers that speak its dialect: only the model's name is patched,
/// and all other bytes go on as they are.
record AsItIs(Exchange exchange, Call call, Written written, Belongings belongings) {
  /// Whether this target takes the call as it is.
  boolean reaches(Targets.Target target) {
    return Place.of(call, target, exchange.snapshot()).isPresent();
  }

  /// Empty for a target that speaks another dialect.
  Optional<Errand> errand(Targets.Target target) {
    return Place.of(call, target, exchange.snapshot()).map(place -> errand(target, place));
  }

  private Errand errand(Targets.Target target, Place place) {
    var message =
        new Message(
            exchange.method(),
            place.path(),
            exchange.query(),
            exchange.headers(),
            call instanceof Call.Gemini(var verb, _)
                ? written.naming(verb, place.model())
                : written.naming(place.model()));
    return Errand.plain(
        place.provider(),
        target.model(),
        message,
        new Errand.Traits(
            isStream(), Effect.of(call) == Effect.REPEATABLE, Errand.Shown.AS_IT_CAME),
        belongings.ownerOf(
            place.provider().slug(), place.path(), exchange.query(), written.bytes()));
  }

  private boolean isStream() {
    return call instanceof Call.Gemini(var verb, _) ? verb.streams() : written.isStream();
  }
}
