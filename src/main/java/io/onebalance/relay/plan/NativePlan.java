package io.onebalance.relay.plan;

import io.onebalance.access.Grant;
import io.onebalance.access.Presented;
import io.onebalance.http.Fields;
import io.onebalance.http.SafePath;
import io.onebalance.provider.Provider;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.HeaderFields;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Message;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.plan.memory.Belongings;
import io.onebalance.route.Effect;
import io.onebalance.route.Endpoint;
import io.onebalance.route.LiveSession;
import io.onebalance.route.Wanted;
import io.onebalance.route.resource.Listing;
import io.onebalance.route.resource.QueueAnswer;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Bytes;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/// Plans a request to a provider's own API: path, query and bytes go on as they are. The provider
/// comes from the path, never from the body (D17).
final class NativePlan {
  private final Exchange exchange;
  private final Provider provider;
  private final SafePath meant;

  /// The path in the provider's own form, in which models and resources are found.
  private final String own;

  private final Belongings belongings;

  NativePlan(Exchange exchange, Endpoint.Native written, Belongings belongings) {
    this.exchange = exchange;
    this.provider = exchange.snapshot().catalogue().find(written.provider()).orElseThrow();
    this.meant = meant(provider, written, HeaderFields.of(exchange.headers()));
    this.own = provider.ownPath(meant.path());
    this.belongings = belongings;
  }

  static Optional<Refusal> objection(
      Snapshot snapshot, Grant grant, Endpoint.Native asked, Fields fields) {
    var provider = snapshot.catalogue().find(asked.provider());
    if (provider.isEmpty()) {
      return Optional.of(Refusal.unknownProvider(asked.provider()));
    }
    var slug = provider.get().slug();
    if (!grant.allowsProvider(slug)) {
      return Optional.of(Refusal.forbidden("This gateway key may not use " + slug + "."));
    }
    var unreachable = provider.get().unreachable(snapshot.way());
    return unreachable.isPresent()
        ? unreachable.map(Refusal::unreachable)
        : objection(provider.get(), asked, fields).map(Refusal::invalid);
  }

  private static Optional<String> objection(
      Provider provider, Endpoint.Native asked, Fields fields) {
    try {
      return provider.objection(meant(provider, asked, fields));
    } catch (IllegalPath elsewhere) {
      return Optional.ofNullable(elsewhere.getMessage());
    }
  }

  /// What is asked for as the provider's clients say it: some name the whole address in a field.
  private static SafePath meant(Provider provider, Endpoint.Native asked, Fields fields) {
    var named = provider.named(fields);
    if (named.isEmpty()) {
      return asked.at();
    }
    var target = named.get();
    var mark = target.indexOf('?');
    return IllegalPath.checked(
        mark < 0 ? target : target.substring(0, mark), mark < 0 ? "" : target.substring(mark + 1));
  }

  Planned plan() {
    var body = Bytes.of(exchange.known());
    var type = exchange.headers().get(HttpHeaders.CONTENT_TYPE);
    return switch (Wanted.of(own, meant.query(), type, body)) {
      case Wanted.Refused(var why) -> new Planned.Refused(Refusal.invalid(why));
      case Wanted.Model model -> {
        exchange.client().wants(model.model(), model.stream());
        yield objection(model)
            .<Planned>map(Planned.Refused::new)
            .orElseGet(() -> new Planned.Errands(List.of(errand(model, body))));
      }
    };
  }

  /// A restricted caller must be allowed every model that the request names anywhere.
  private Optional<Refusal> objection(Wanted.Model wanted) {
    var grant = exchange.grant();
    if (grant.unrestricted() || isListing()) {
      return Optional.empty();
    }
    if (wanted.named().isEmpty()) {
      return namesItsModelLater()
          ? Optional.empty()
          : Optional.of(
              Refusal.forbidden(
                  "This gateway key may only use certain models; the request names none."));
    }
    return wanted.named().stream()
        .filter(model -> !grant.allows(provider.slug(), model))
        .findFirst()
        .map(model -> Refusal.forbidden("This gateway key may not use " + model + "."));
  }

  /// A live session is let through to its first message, which is looked at then.
  private boolean namesItsModelLater() {
    return exchange.body() instanceof Body.Tunnel && LiveSession.isAt(own);
  }

  private boolean isListing() {
    return Listing.asked(exchange.method().name(), own);
  }

  private Errand.Shown shown() {
    if (isListing() && !exchange.grant().unrestricted()) {
      return Errand.Shown.FILTERED;
    }
    return QueueAnswer.isTo(exchange.method().name(), own)
        ? Errand.Shown.LED_BACK
        : Errand.Shown.AS_IT_CAME;
  }

  private Errand errand(Wanted.Model wanted, byte[] body) {
    var method = exchange.method().name();
    var traits =
        new Errand.Traits(wanted.stream(), Effect.of(method, own) == Effect.REPEATABLE, shown());
    var message =
        new Message(
            exchange.method(),
            meant.asking(Presented.withoutCredentials(meant.query())),
            exchange.headers(),
            exchange.body());
    var owner = belongings.ownerOf(provider.slug(), own, meant.query(), body);
    return Errand.plain(provider, wanted.model(), message, traits, owner);
  }
}
