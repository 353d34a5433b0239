package io.onebalance.program.ground;

import io.onebalance.access.Grants;
import io.onebalance.access.Issued;
import io.onebalance.access.MalformedAuthKey;
import io.onebalance.ledger.price.Prices;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.relay.exchange.rules.CacheRules;
import io.onebalance.relay.exchange.rules.ClientLimits;
import io.onebalance.relay.exchange.rules.HedgeRules;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.relay.exchange.rules.SocketLimits;
import io.onebalance.relay.exchange.rules.TimeLimits;
import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes of the settings what the hot path reads.
public final class Snapshots {
  private final List<Provider> own;
  private final Issued issued;
  private final long room;
  private final Prices prices = Prices.builtIn();

  /// `own` are the providers that the program itself brings; `issued` are gateway keys that were
  /// made over the API; `room` is what all bodies together may take: none that is longer is kept.
  public Snapshots(List<Provider> own, Issued issued, long room) {
    this.issued = issued;
    this.room = room;
    this.own = List.copyOf(own);
  }

  /// `authKey` is the one in force: the settings' own or the one that was made for them. Fails with
  /// [IllegalArgumentException] where settings that are right by themselves do not fit together.
  Snapshot of(Settings settings, Secret authKey) {
    var catalogue = catalogue(settings);
    var way = way(settings);
    catalogue
        .objection(way)
        .ifPresent(why -> {
          throw new IllegalArgumentException(why);
        });
    return new Snapshot(
        grants(authKey, catalogue).with(settings.limits(), issued),
        catalogue,
        way,
        cloudflareTranslates(settings),
        virtualModels(settings),
        patience(settings),
        body(settings.body()),
        new SocketLimits(settings.webSocket().idle(), settings.webSocket().maxMessage()),
        settings.clients().concurrent(),
        settings.mediaFetch(),
        prices.with(settings.prices()),
        cache(settings.cache()),
        new HedgeRules(
            settings.hedge().models(),
            settings.hedge().percent() / 100.0,
            settings.hedge().after()),
        settings.log().bodies(),
        settings.listener()::trusts);
  }

  private static Optional<CacheRules> cache(Settings.Cache cache) {
    return Optional.of(cache)
        .filter(set -> set.maxBytes() > 0)
        .map(set -> new CacheRules(set.ttl(), set.models(), set.shared()));
  }

  private BodyLimits body(Settings.Body body) {
    return new BodyLimits((int) Math.min(body.replay(), room), body.max());
  }

  private Catalogue catalogue(Settings settings) {
    var catalogue = Catalogue.builtIn();
    var account = settings.cloudflareAccount();
    if (account.isPresent()) {
      catalogue = catalogue.with(Map.of("workers-ai", Map.of("account", account.get())));
    }
    catalogue = catalogue.with(settings.providers());
    for (var provider : own) {
      catalogue = catalogue.with(provider);
    }
    return catalogue;
  }

  private static Grants grants(Secret authKey, Catalogue catalogue) {
    try {
      return Grants.parse(
          authKey.reveal(), name -> catalogue.find(name).map(Provider::slug).orElse(name));
    } catch (MalformedAuthKey malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  private static Way way(Settings settings) {
    return settings
        .gateway()
        .<Way>map(gateway -> new Way.Gateway(url(gateway.url()), gateway.token()))
        .orElseGet(Way.Direct::new);
  }

  /// A gateway that the operator names may stand in a private network; Cloudflare's own does not
  /// (F29).
  private static BaseUrl url(String text) {
    var url = BaseUrl.parse(text);
    return url.local(!url.origin().host().endsWith(".cloudflare.com"));
  }

  private static boolean cloudflareTranslates(Settings settings) {
    return settings
        .gateway()
        .filter(gateway -> gateway.translate() == Settings.Translator.GATEWAY)
        .isPresent();
  }

  private static VirtualModels virtualModels(Settings settings) {
    var models = new LinkedHashMap<String, List<Leg>>();
    settings
        .models()
        .forEach((name, legs) ->
            models.put(
                name,
                legs.legs().stream()
                    .map(leg ->
                        new Leg(leg.provider(), leg.model(), legs.weighted() ? leg.weight() : 0))
                    .toList()));
    return new VirtualModels(models);
  }

  private static TimeLimits patience(Settings settings) {
    var timeout = settings.timeout();
    return new TimeLimits(
        timeout.overall(),
        timeout.attemptStreamed(),
        timeout.attemptUnary(),
        timeout.streamIdle(),
        timeout.maxWait(),
        settings.attempts().max().orElse(Integer.MAX_VALUE),
        settings.attempts().serverFaults(),
        new ClientLimits(settings.clients().body(), settings.clients().taking()));
  }
}
