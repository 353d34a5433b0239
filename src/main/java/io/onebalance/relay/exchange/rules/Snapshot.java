package io.onebalance.relay.exchange.rules;

import io.onebalance.access.Grants;
import io.onebalance.ledger.price.Prices;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.route.VirtualModels;
import java.util.Optional;
import java.util.function.Predicate;

/// What the operator set, as the hot path sees it: immutable, replaced as a whole on a reload. Key
/// state lives outside of it, so that a reload forgets no cooldown.
///
/// `cloudflareTranslates` leaves compat chat to the gateway's own `/compat`. `concurrent` is how
/// many requests of one gateway key may run at once, 0 for any number. `fetchesMedia`: what
/// requests link to is fetched for providers that fetch nothing. Without `cache`, no answer is
/// remembered. `hedging`: what may be asked twice. `logsBodies`: prompts and answers go to the log.
/// `trustedProxies`: whether what a proxy at this address says of its clients is believed.
public record Snapshot(
    Grants grants,
    Catalogue catalogue,
    Way way,
    boolean cloudflareTranslates,
    VirtualModels virtualModels,
    TimeLimits patience,
    BodyLimits body,
    SocketLimits sockets,
    int concurrent,
    boolean fetchesMedia,
    Prices prices,
    Optional<CacheRules> cache,
    HedgeRules hedging,
    boolean logsBodies,
    Predicate<String> trustedProxies) {
  /// The same for a request that is asked once, at once, or not at all.
  public Snapshot once() {
    return new Snapshot(
        grants,
        catalogue,
        way,
        cloudflareTranslates,
        virtualModels,
        patience.once(),
        body,
        sockets,
        concurrent,
        fetchesMedia,
        prices,
        cache,
        hedging,
        logsBodies,
        trustedProxies);
  }
}
