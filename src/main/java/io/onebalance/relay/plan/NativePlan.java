package io.onebalance.relay.plan;

import io.onebalance.access.Grant;
import io.onebalance.provider.Provider;
import io.onebalance.provider.RawPath;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.Snapshot;
import io.onebalance.route.Effect;
import io.onebalance.route.Endpoint;
import io.onebalance.route.Wanted;
import io.onebalance.route.resource.Listing;
import io.onebalance.route.resource.Resources;
import java.util.List;
import java.util.Optional;

/// Plans a request to a provider's own API: path, query and bytes go on as they are. The provider
/// comes from the path, never from the body (D17).
final class NativePlan {
  private final Exchange exchange;
  private final Endpoint.Native asked;
  private final Belongings belongings;

  NativePlan(Exchange exchange, Endpoint.Native asked, Belongings belongings) {
    this.exchange = exchange;
    this.asked = asked;
    this.belongings = belongings;
  }

  static Optional<Refusal> objection(Snapshot snapshot, Grant grant, Endpoint.Native asked) {
    var provider = snapshot.catalogue().find(asked.provider());
    if (provider.isEmpty()) {
      return Optional.of(Refusal.unknownProvider(asked.provider()));
    }
    var slug = provider.get().slug();
    if (!grant.allowsProvider(slug)) {
      return Optional.of(Refusal.forbidden("This gateway key may not use " + slug + "."));
    }
    return RawPath.objection(asked.path(), asked.query()).map(Refusal::invalid);
  }

  Planned of(Wanted wanted, byte[] body) {
    var provider = exchange.snapshot().catalogue().find(asked.provider()).orElseThrow();
    return switch (wanted) {
      case Wanted.Refused(var why) -> new Planned.Refused(Refusal.invalid(why));
      case Wanted.Model model ->
          objection(provider, model)
              .<Planned>map(Planned.Refused::new)
              .orElseGet(() -> new Planned.Errands(List.of(errand(provider, model, body))));
    };
  }

  /// A restricted caller must be allowed every model that the request names anywhere.
  private Optional<Refusal> objection(Provider provider, Wanted.Model wanted) {
    var grant = exchange.grant();
    if (grant.unrestricted() || isListing()) {
      return Optional.empty();
    }
    if (wanted.named().isEmpty()) {
      return Optional.of(
          Refusal.forbidden(
              "This gateway key may only use certain models; the request names none."));
    }
    return wanted.named().stream()
        .filter(model -> !grant.allows(provider.slug(), model))
        .findFirst()
        .map(model -> Refusal.forbidden("This gateway key may not use " + model + "."));
  }

  private boolean isListing() {
    return Listing.asked(exchange.method().name(), asked);
  }

  /// The key that made a resource which the request names: no other key could see it.
  private Optional<String> owner(Provider provider, byte[] body) {
    return belongings.isEmpty()
        ? Optional.empty()
        : belongings.ownerOf(provider.slug(), Resources.named(asked, body));
  }

  private Errand errand(Provider provider, Wanted.Model wanted, byte[] body) {
    var method = exchange.method().name();
    var traits =
        new Errand.Traits(
            wanted.stream(),
            Effect.of(method, asked.path()) == Effect.REPEATABLE,
            isListing() && !exchange.grant().unrestricted());
    var message =
        new Message(
            exchange.method(), asked.path(), exchange.query(), exchange.headers(), exchange.body());
    return new Errand(provider, wanted.model(), message, traits, owner(provider, body));
  }
}
