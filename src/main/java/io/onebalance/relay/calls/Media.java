package io.onebalance.relay.calls;

import io.onebalance.chat.Source;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.Planned;
import io.onebalance.upstream.fetch.Fetched;
import io.onebalance.upstream.fetch.Fetcher;
import io.onebalance.upstream.fetch.Fetching;
import io.onebalance.upstream.fetch.Room;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Fetches what a request links to, all at once, before it is translated. Belongs to one event
/// loop.
public final class Media {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Fetcher fetcher;

  public Media(Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  /// What is to be asked once all is there; a refusal where something is not.
  public Future<Planned> planned(Exchange exchange, Planned.Fetching plan) {
    var room = new Room(exchange.snapshot().body().replay());
    var all = plan.links().stream().map(link -> fetcher.begin(link, room, PATIENCE)).toList();
    all.forEach(one -> one.ended().onSuccess(how -> stopOthers(how, all)));
    exchange.client().departure().stops(() -> all.forEach(Fetching::stop));
    return Future.join(all.stream().map(Fetching::ended).toList())
        .compose(_ -> {
          exchange.client().departure().stopsNothing();
          return follow(plan, all.stream().map(one -> one.ended().result()).toList());
        });
  }

  private static void stopOthers(Fetched how, List<Fetching> all) {
    if (how instanceof Fetched.Refused) {
      all.forEach(Fetching::stop);
    }
  }

  /// The first that was refused stopped the others.
  private static Future<Planned> follow(Planned.Fetching plan, List<Fetched> ends) {
    for (var end : ends) {
      if (end instanceof Fetched.Refused(var why)) {
        return Future.succeededFuture(
            new Planned.Refused(Refusal.invalid("messages: " + why + ".")));
      }
    }
    return Objects.requireNonNull(Vertx.currentContext(), "an event loop")
        .executeBlocking(() -> plan.then().apply(inline(plan.links(), ends)), false)
        .map(Objects::requireNonNull);
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
