package io.onebalance.relay.models;

import io.onebalance.dialect.json.Json;
import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Pools;
import io.onebalance.provider.Provider;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Message;
import io.onebalance.relay.plan.memory.LiveModels;
import io.onebalance.route.Call;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.call.Cut;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Answers which models there are: what the operator named, and what each provider that has keys
/// tells of itself, as far as the caller may use it. Those who come while a provider is asked share
/// its answer, so whoever of them leaves does not stop it. Belongs to one event loop.
public final class ModelList {
  /// A provider that takes longer is shown as the catalogue knows it.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ModelList.class);

  private static final String OURS = "one-balance";

  private final Failover failover;
  private final Pools pools;
  private final LiveModels live;
  private final InstantSource clock;

  /// The askings under way, by provider; each ends within [#PATIENCE].
  private final Map<String, Future<Void>> underWay = new HashMap<>();

  public ModelList(Failover failover, Pools pools, LiveModels live, InstantSource clock) {
    this.failover = failover;
    this.pools = pools;
    this.live = live;
    this.clock = clock;
  }

  /// Answers `GET models` and `GET models/{id}`.
  public Future<Void> answer(Exchange exchange, Call call) {
    var providers = withKeys(exchange);
    var asked = providers.stream().map(provider -> refreshed(exchange, provider)).toList();
    return Future.join(asked)
        .otherwiseEmpty()
        .compose(_ -> {
          tell(exchange, call, offers(exchange, providers));
          return Future.succeededFuture();
        });
  }

  private List<Provider> withKeys(Exchange exchange) {
    var now = clock.instant();
    var snapshot = exchange.snapshot();
    return snapshot.catalogue().all().stream()
        .filter(provider -> exchange.grant().allowsProvider(provider.slug()))
        .filter(provider -> provider.unreachable(snapshot.way()).isEmpty())
        .filter(provider ->
            pools.known(provider.slug()).filter(pool -> pool.counts(now).usable()).isPresent())
        .toList();
  }

  private Future<Void> refreshed(Exchange exchange, Provider provider) {
    var slug = provider.slug();
    var shared = underWay.get(slug);
    if (shared != null) {
      return shared;
    }
    var now = clock.instant();
    var place = Lists.of(provider);
    if (place.isEmpty() || !live.isDue(slug, now)) {
      return Future.succeededFuture();
    }
    var begun = ask(journey(exchange, provider, place.get(), now), provider);
    underWay.put(slug, begun);
    return begun.onComplete(_ -> underWay.remove(slug));
  }

  private Future<Void> ask(Journey journey, Provider provider) {
    return failover
        .ask(journey)
        .<Void>map(answer -> {
          note(provider, answer.ending());
          return null;
        })
        .onFailure(broken -> {
          LOG.error(
              "request {} broke at the models of {}",
              journey.draft().id(),
              provider.slug(),
              broken);
          journey.client().happened();
        });
  }

  private static Journey journey(
      Exchange exchange, Provider provider, Lists.Place place, Instant now) {
    var message =
        new Message(
            HttpMethod.GET,
            place.path(),
            place.query(),
            HttpHeaders.headers().set(HttpHeaders.ACCEPT, "application/json"),
            new Body.Kept(Buffer.buffer()));
    var errand = Errand.listing(provider, message);
    var until = now.plus(PATIENCE);
    var deadline = until.isBefore(exchange.deadline()) ? until : exchange.deadline();
    return new Journey(
        exchange.client().draft().aside(), errand, new Departure(), exchange.snapshot(), deadline);
  }

  private void note(Provider provider, Ending ending) {
    var now = clock.instant();
    if (ending instanceof Ending.Opened opened) {
      opened.slot().settle(new Outcome.Judged(new Verdict.Served(), opened.latency()), now);
      if (opened.whole()) {
        live.told(provider.slug(), Lists.read(opened.start().getBytes()), now);
        return;
      }
      Cut.off(opened.response());
    }
    live.silent(provider.slug(), now);
  }

  private List<Offer> offers(Exchange exchange, List<Provider> providers) {
    var offers = new ArrayList<Offer>();
    exchange.snapshot().virtualModels().names().stream()
        .filter(name -> mayUse(exchange, name))
        .forEach(name -> offers.add(new Offer(name, name, OURS)));
    for (var provider : providers) {
      var slug = provider.slug();
      models(provider).stream()
          .filter(model -> exchange.grant().allows(slug, model.id()))
          .forEach(model -> offers.add(new Offer(slug + "/" + model.id(), model.label(), slug)));
    }
    return offers;
  }

  /// Of a virtual model one leg is enough.
  private static boolean mayUse(Exchange exchange, String virtual) {
    return exchange.snapshot().virtualModels().match(virtual).stream()
        .anyMatch(leg -> exchange.grant().allows(leg.provider(), leg.model()));
  }

  private List<LiveModels.Model> models(Provider provider) {
    return live.of(provider.slug())
        .orElseGet(() ->
            provider.about().models().stream()
                .filter(name -> !name.endsWith("*"))
                .map(name -> new LiveModels.Model(name, name))
                .toList());
  }

  private static void tell(Exchange exchange, Call call, List<Offer> offers) {
    var client = exchange.client();
    switch (call) {
      case Call.Model(_, var id) ->
          found(offers, id)
              .ifPresentOrElse(
                  offer -> end(client, Shown.one(offer, client.shape())),
                  () -> client.refuse(Refusal.of(404, "model_not_found", unknown(id))));
      case Call.Models _,
          Call.Chat _,
          Call.Embeddings _,
          Call.Responses _,
          Call.Messages _,
          Call.CountTokens _,
          Call.Gemini _,
          Call.Hello _ ->
          end(client, Shown.list(offers, client.shape()));
    }
  }

  /// A bare name means the one provider that has it.
  private static Optional<Offer> found(List<Offer> offers, String id) {
    var exact = offers.stream().filter(offer -> offer.id().equals(id)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    var bare =
        offers.stream().filter(offer -> offer.id().equals(offer.owner() + "/" + id)).toList();
    return bare.size() == 1 ? Optional.of(bare.getFirst()) : Optional.empty();
  }

  private static String unknown(String id) {
    return "There is no model '" + id + "' here that this gateway key may use.";
  }

  private static void end(Client client, JsonNode body) {
    client.tell(Json.bytes(body));
  }
}
