package io.onebalance.relay.plan;

import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.route.Call;
import io.onebalance.route.Effect;
import io.onebalance.route.Endpoint;
import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import io.onebalance.route.resource.Resources;
import io.onebalance.upstream.Body;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Plans a call that any provider of the right dialect may answer: the model's name says which.
/// Only that name is patched; all other bytes go on as they are.
final class CompatPlan {
  private static final String NO_LISTS =
      "Models are not listed across providers; one provider's list is at /api/{provider}/…,"
          + " for example /api/openai/v1/models.";

  private final Exchange exchange;
  private final Call call;
  private final byte[] bytes;
  private final Found found;
  private final Belongings belongings;

  /// `bytes` are what is known of the body, `found` is what they say.
  CompatPlan(Exchange exchange, Call call, byte[] bytes, Found found, Belongings belongings) {
    this.exchange = exchange;
    this.call = call;
    this.bytes = bytes;
    this.found = found;
    this.belongings = belongings;
  }

  /// `chance` draws among the weighted legs of a virtual model.
  Planned plan(RandomGenerator chance) {
    if (call instanceof Call.Models || call instanceof Call.Model) {
      return new Planned.Refused(Refusal.unserved(404, NO_LISTS));
    }
    if (found instanceof Found.Refused(var why)) {
      return refused(why);
    }
    var name = model();
    if (name.isEmpty()) {
      return refused(
          found instanceof Found.Foreign
              ? "The body can't be read as JSON with a model."
              : "The body names no model; write \"model\": \"provider/model\".");
    }
    return switch (Targets.of(name.get(), exchange.snapshot(), chance)) {
      case Targets.Unclear(var why) -> refused(why);
      case Targets.Known(var targets) -> errands(name.get(), targets);
    };
  }

  private Optional<String> model() {
    return switch (call) {
      case Call.Gemini(_, var model) -> Optional.of(model);
      case Call.Chat _,
          Call.Embeddings _,
          Call.Responses _,
          Call.Messages _,
          Call.CountTokens _,
          Call.Models _,
          Call.Model _,
          Call.Hello _ ->
          found instanceof Found.Named named ? Optional.of(named.name()) : Optional.empty();
    };
  }

  private Planned errands(String asked, List<Targets.Target> targets) {
    var errands = new ArrayList<Errand>();
    var objections = new ArrayList<Refusal>();
    for (var target : targets) {
      var unreachable = target.provider().unreachable(exchange.snapshot().way());
      if (unreachable.isPresent()) {
        objections.add(Refusal.unreachable(unreachable.get()));
        continue;
      }
      var place = Place.of(call, target, exchange.snapshot());
      if (!exchange.grant().allows(target.provider().slug(), target.model())) {
        objections.add(Refusal.forbidden("This gateway key may not use " + asked + "."));
      } else if (place.isEmpty()) {
        objections.add(Refusal.invalid(Place.objection(call, target.provider())));
      } else {
        errands.add(errand(target, place.get()));
      }
    }
    return errands.isEmpty()
        ? new Planned.Refused(objections.getFirst())
        : new Planned.Errands(errands);
  }

  private Errand errand(Targets.Target target, Place place) {
    var message =
        new Message(
            exchange.method(),
            place.path(),
            exchange.query(),
            exchange.headers(),
            naming(place.model()));
    return new Errand(
        place.provider(),
        target.model(),
        message,
        new Errand.Traits(
            isStream(), Effect.of(call) == Effect.REPEATABLE, Errand.Shown.AS_IT_CAME),
        owner(place));
  }

  /// The key that made a resource which the request names: no other key could see it.
  private Optional<String> owner(Place place) {
    if (belongings.isEmpty()) {
      return Optional.empty();
    }
    var slug = place.provider().slug();
    var asked = new Endpoint.Native(slug, place.path(), exchange.query());
    return belongings.ownerOf(slug, Resources.named(asked, bytes));
  }

  /// The body with the name that the provider knows the model by.
  private Body naming(String model) {
    if (!(found instanceof Found.Named named) || named.name().equals(model)) {
      return exchange.body();
    }
    var patched = Buffer.buffer(ModelFinder.replace(bytes, named, model));
    return switch (exchange.body()) {
      case Body.Kept _ -> new Body.Kept(patched);
      case Body.Tunnel tunnel -> tunnel;
      case Body.Passing(_, var rest, var length) -> {
        var grown = patched.length() - bytes.length;
        yield new Body.Passing(patched, rest, length < 0 ? length : length + grown);
      }
    };
  }

  private boolean isStream() {
    return switch (call) {
      case Call.Gemini(var verb, _) -> verb == Call.Verb.STREAM;
      case Call.Chat _,
          Call.Embeddings _,
          Call.Responses _,
          Call.Messages _,
          Call.CountTokens _,
          Call.Models _,
          Call.Model _,
          Call.Hello _ ->
          found instanceof Found.Named named && named.stream();
    };
  }

  private static Planned refused(String why) {
    return new Planned.Refused(Refusal.invalid(why));
  }
}
