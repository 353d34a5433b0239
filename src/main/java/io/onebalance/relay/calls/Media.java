package io.onebalance.relay.calls;

import io.onebalance.chat.Source;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.upstream.fetch.Fetched;
import io.onebalance.upstream.fetch.Fetcher;
import io.onebalance.upstream.fetch.Fetching;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Fetches what a request links to, all at once, before it is translated. Belongs to one event
/// loop.
public final class Media {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Fetcher fetcher;
  private final Room room;

  /// `room` is where all that is fetched finds room.
  public Media(Fetcher fetcher, Room room) {
    this.fetcher = fetcher;
    this.room = room;
  }

  /// What is to be asked once all is there; a refusal where something is not.
  public Future<Planned> planned(Exchange exchange, Planned.Fetching plan) {
    var share = room.shareOf(exchange.client());
    var ours =
        new io.onebalance.upstream.fetch.Room(exchange.snapshot().body().replay(), share::covers);
    var all = plan.links().stream().map(link -> fetcher.begin(link, ours, PATIENCE)).toList();
    all.forEach(one -> one.ended().onSuccess(how -> stopOthers(how, all)));
    exchange.client().departure().stops(() -> all.forEach(Fetching::stop));
    return Future.join(all.stream().map(Fetching::ended).toList())
        .compose(_ -> {
          exchange.client().departure().stopsNothing();
          return follow(plan, all.stream().map(one -> one.ended().result()).toList());
        });
  }

  private static void stopOthers(Fetched how, List<Fetching> all) {
    if (how instanceof Fetched.Refused || how instanceof Fetched.Crowded) {
      all.forEach(Fetching::stop);
    }
  }

  /// The first that was refused stopped the others.
  private static Future<Planned> follow(Planned.Fetching plan, List<Fetched> ends) {
    for (var end : ends) {
      var refusal = refusal(end);
      if (refusal.isPresent()) {
        return Future.succeededFuture(new Planned.Refused(refusal.get()));
      }
    }
    return Objects.requireNonNull(Vertx.currentContext(), "an event loop")
        .executeBlocking(() -> plan.then().apply(inline(plan.links(), ends)), false)
        .map(Objects::requireNonNull);
  }

  private static Optional<Refusal> refusal(Fetched end) {
    return switch (end) {
      case Fetched.Refused(var why) -> Optional.of(Refusal.invalid("messages: " + why + "."));
      case Fetched.Crowded() ->
          Optional.of(
              Refusal.overloaded("One Balance is busy: there is no room for what is linked to."));
      case Fetched.Got _, Fetched.Stopped _ -> Optional.empty();
    };
  }

  private static Map<String, Source.Inline> inline(List<String> links, List<Fetched> ends) {
    var inline = new HashMap<String, Source.Inline>();
    for (var i = 0; i < links.size(); i++) {
      if (ends.get(i) instanceof Fetched.Got(var type, var bytes)) {
        var data = Base64.getEncoder().encodeToString(bytes.getBytes());
        inline.put(links.get(i), new Source.Inline(type, data));
      }
    }
    return inline;
  }
}
