package io.onebalance.relay.plan;

import io.onebalance.dialect.BadRequest;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.route.Call;
import io.onebalance.route.Effect;
import io.onebalance.route.Endpoint;
import io.onebalance.route.body.Found;
import io.onebalance.route.resource.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Plans a call that any provider may answer: the model's name says which. Where the provider
/// speaks the call's dialect only that name is patched, and all other bytes go on as they are; for
/// others the call is translated.
final class CompatPlan {
  private final Exchange exchange;
  private final Call call;
  private final Written written;
  private final Remembered remembered;
  private final Translator translator;

  CompatPlan(
      Exchange exchange, Call call, Written written, Remembered remembered, Translator translator) {
    this.exchange = exchange;
    this.call = call;
    this.written = written;
    this.remembered = remembered;
    this.translator = translator;
  }

  /// `chance` draws among the weighted legs of a virtual model.
  Planned plan(RandomGenerator chance) {
    if (call instanceof Call.Models || call instanceof Call.Model) {
      return new Planned.Models(call);
    }
    if (written.found() instanceof Found.Refused(var why)) {
      return refused(why);
    }
    var name = model();
    if (name.isEmpty()) {
      return refused(
          written.found() instanceof Found.Foreign
              ? "The body can't be read as JSON with a model."
              : "The body names no model; write \"model\": \"provider/model\".");
    }
    return switch (Targets.of(name.get(), exchange.snapshot(), remembered.models(), chance)) {
      case Targets.Unclear(var why) -> refused(why);
      case Targets.Known(var targets) -> errands(name.get(), targets);
    };
  }

  private Optional<String> model() {
    return call instanceof Call.Gemini(_, var model) ? Optional.of(model) : written.model();
  }

  private boolean isStream() {
    return call instanceof Call.Gemini(var verb, _) ? verb == Call.Verb.STREAM : written.isStream();
  }

  private Planned errands(String asked, List<Targets.Target> targets) {
    var errands = new ArrayList<Errand>();
    var objections = new ArrayList<Refusal>();
    for (var target : targets) {
      try {
        objection(asked, target)
            .ifPresentOrElse(objections::add, () -> errands.add(errand(target)));
      } catch (BadRequest bad) {
        objections.add(mistake(bad));
      }
    }
    return errands.isEmpty()
        ? new Planned.Refused(objections.getFirst())
        : new Planned.Errands(errands);
  }

  private Optional<Refusal> objection(String asked, Targets.Target target) {
    var unreachable = target.provider().unreachable(exchange.snapshot().way());
    if (unreachable.isPresent()) {
      return unreachable.map(Refusal::unreachable);
    }
    if (!exchange.grant().allows(target.provider().slug(), target.model())) {
      return Optional.of(Refusal.forbidden("This gateway key may not use " + asked + "."));
    }
    if (Place.of(call, target, exchange.snapshot()).isPresent()) {
      return Optional.empty();
    }
    return translator.objection(target);
  }

  private Errand errand(Targets.Target target) {
    return Place.of(call, target, exchange.snapshot())
        .map(place -> asItIs(target, place))
        .orElseGet(() -> translator.errand(target));
  }

  private Errand asItIs(Targets.Target target, Place place) {
    var message =
        new Message(
            exchange.method(),
            place.path(),
            exchange.query(),
            exchange.headers(),
            written.naming(place.model()));
    return Errand.plain(
        place.provider(),
        target.model(),
        message,
        new Errand.Traits(
            isStream(), Effect.of(call) == Effect.REPEATABLE, Errand.Shown.AS_IT_CAME),
        owner(place));
  }

  /// The key that made a resource which the request names: no other key could see it.
  private Optional<String> owner(Place place) {
    var belongings = remembered.belongings();
    if (belongings.isEmpty()) {
      return Optional.empty();
    }
    var slug = place.provider().slug();
    var asked = new Endpoint.Native(slug, place.path(), exchange.query());
    return belongings.ownerOf(slug, Resources.named(asked, written.bytes()));
  }

  /// What is wrong with a body, by the code that its client acts on where there is one.
  private static Refusal mistake(BadRequest bad) {
    return Refusal.of(400, bad.code().orElse("invalid_request"), String.valueOf(bad.getMessage()));
  }

  private static Planned refused(String why) {
    return new Planned.Refused(Refusal.invalid(why));
  }
}
