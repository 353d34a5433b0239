package io.onebalance.relay.tell;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Outcome;
import io.onebalance.provider.Verdict;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.Declined;
import io.onebalance.relay.ask.Ending;
import io.onebalance.relay.ask.Trail;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.RefusalText;
import io.onebalance.route.resource.Listing;
import io.onebalance.upstream.Inflow;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells the client how the asking ended. Not thread-safe: it belongs to one event loop.
public final class Answering {
  private static final String ATTEMPTS = "x-one-balance-attempts";
  private static final String KEY = "x-one-balance-key";
  private static final String EXPLAIN = "x-one-balance-explain";
  private static final String WHY = "x-one-balance-why";

  private final Wheel wheel;
  private final ResourceNotes makings;
  private final InstantSource clock;

  /// The streams that run, each with its end.
  private final Map<Pump, Future<Void>> running = new HashMap<>();

  public Answering(Wheel wheel, ResourceNotes makings, InstantSource clock) {
    this.wheel = wheel;
    this.makings = makings;
    this.clock = clock;
  }

  /// The future is complete when the client has all of the answer, or has left. A client that left
  /// before the last byte is no trouble of ours.
  public Future<Void> tell(Exchange exchange, Asked asked) {
    return told(exchange, asked)
        .recover(failure ->
            isDeparture(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  /// Breaks off every stream that runs, and tells their clients. Complete when they were told.
  public Future<Void> breakOff() {
    var ends = List.copyOf(running.values());
    List.copyOf(running.keySet()).forEach(Pump::stop);
    return Future.join(ends).mapEmpty();
  }

  /// How Vert.x says that the other side of a connection or a stream is gone.
  private static boolean isDeparture(Throwable failure) {
    return failure instanceof IOException || failure instanceof VertxException;
  }

  private Future<Void> told(Exchange exchange, Asked asked) {
    var attempts = asked.trail().attempts();
    return switch (asked.ending()) {
      case Ending.Opened opened -> new Passing(exchange, asked, opened).begin();
      case Ending.Theirs(var answer) -> send(exchange.client(), answer, attempts + 1, asked);
      case Ending.Failed(var answer) -> send(exchange.client(), answer, attempts, asked);
      case Ending.Exhausted(var refusal) -> refuse(exchange.client(), refusal, asked);
      case Ending.Abandoned() -> exchange.client().response().reset();
    };
  }

  /// Writes the head of an opened answer, unsent.
  public static void head(Exchange exchange, Asked asked, Ending.Opened opened) {
    var key = opened.slot().key();
    var response = exchange.client().response();
    response.setStatusCode(opened.response().statusCode());
    Incoming.copy(opened.response().headers(), response.headers(), key.secret());
    sign(exchange.client(), key, asked.trail().attempts() + 1, asked.trail());
  }

  private static Future<Void> send(Client client, Declined answer, int attempts, Asked asked) {
    var response = client.response();
    response.setStatusCode(answer.status());
    Incoming.copy(answer.headers(), response.headers(), answer.key().secret());
    sign(client, answer.key(), attempts, asked.trail());
    return sendWhole(response, answer.body());
  }

  private static Future<Void> refuse(Client client, Refusal refusal, Asked asked) {
    client.response().putHeader(ATTEMPTS, Integer.toString(asked.trail().attempts()));
    explain(client, asked.trail(), refusal.message());
    client.refuse(refusal);
    return Future.succeededFuture();
  }

  private static void sign(Client client, ApiKey key, int attempts, Trail trail) {
    client.response().putHeader(ATTEMPTS, Integer.toString(attempts)).putHeader(KEY, key.id());
    explain(client, trail, "answered by " + key.secret().masked());
  }

  private static void explain(Client client, Trail trail, String last) {
    if ("1".equals(client.request().getHeader(EXPLAIN))) {
      var story = trail.story();
      client.response().putHeader(WHY, visible(story.isEmpty() ? last : story + "; " + last));
    }
  }

  /// Header values are visible ASCII; anything else becomes a question mark.
  private static String visible(String text) {
    return text.replace("…", "...").replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static Future<Void> sendWhole(HttpServerResponse response, Buffer body) {
    response.headers().remove(HttpHeaders.CONTENT_LENGTH);
    return response.end(body);
  }

  /// An opened answer on its way to the client. The slot is settled once, on whichever way it ends.
  private final class Passing {
    private final Exchange exchange;
    private final Asked asked;
    private final Ending.Opened opened;
    private final HttpServerResponse response;
    private boolean settled;

    Passing(Exchange exchange, Asked asked, Ending.Opened opened) {
      this.exchange = exchange;
      this.asked = asked;
      this.opened = opened;
      this.response = exchange.client().response();
    }

    /// What breaks inside of this program is no key's fault; the place is given back.
    Future<Void> begin() {
      try {
        return pass();
      } catch (RuntimeException | Error broken) {
        settle(new Outcome.Abandoned());
        opened.response().request().reset();
        return Future.failedFuture(broken);
      }
    }

    private Future<Void> pass() {
      head(exchange, asked, opened);
      makings.note(exchange, asked.errand(), opened);
      return switch (asked.errand().traits().shown()) {
        case FILTERED -> list();
        case AS_IT_CAME -> opened.whole() ? whole(opened.start()) : begun();
        case LED_BACK ->
            opened.whole() ? whole(makings.ledBack(exchange, asked.errand(), opened)) : begun();
      };
    }

    private Future<Void> whole(Buffer body) {
      settle(new Outcome.Judged(new Verdict.Served(), opened.latency()));
      return sendWhole(response, body);
    }

    private Future<Void> begun() {
      opened.slot().answered(opened.latency(), clock.instant());
      return stream();
    }

    /// A list of models, with those left out that the caller may not use.
    private Future<Void> list() {
      settle(new Outcome.Judged(new Verdict.Served(), opened.latency()));
      var slug = asked.errand().provider().slug();
      var allowed =
          opened.whole()
              ? Listing.filtered(
                  opened.start().getBytes(), model -> exchange.grant().allows(slug, model))
              : Optional.<byte[]>empty();
      if (allowed.isPresent()) {
        return sendWhole(response, Buffer.buffer(allowed.get()));
      }
      exchange.client().refuse(Refusal.failed("The provider's list of models can't be read."));
      return opened.whole() ? Future.succeededFuture() : opened.response().request().reset();
    }

    private Future<Void> stream() {
      frame();
      begin(opened.start());
      var patience = exchange.snapshot().patience();
      var departure = exchange.client().departure();
      var pump = Pump.carry(Inflow.of(opened.response()), response, departure, wheel, patience);
      var told = pump.flow().compose(this::ended);
      running.put(pump, told);
      return told.onComplete(_ -> running.remove(pump));
    }

    /// Says how the body's end will be known: by its length where the upstream told it, else by
    /// chunks.
    private void frame() {
      var status = response.getStatusCode();
      var hasBody = status != 204 && status != 304;
      if (hasBody && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
        response.setChunked(true);
      }
    }

    /// The head does not wait for the body: an answer that stalls or breaks would never show that
    /// it had begun.
    private void begin(Buffer start) {
      if (start.length() > 0) {
        response.write(start);
      } else {
        response.writeHead();
      }
    }

    private Future<Void> ended(Pump.Flow flow) {
      return switch (flow) {
        case WHOLE -> {
          settle(new Outcome.Abandoned());
          yield response.end();
        }
        case LEFT -> {
          settle(new Outcome.Abandoned());
          yield opened.response().request().reset();
        }
        case UNTAKEN -> {
          settle(new Outcome.Abandoned());
          opened.response().request().reset();
          yield response.reset();
        }
        case BROKEN -> cut("the provider broke off");
        case STALLED -> {
          opened.response().request().reset();
          yield cut("the provider fell silent");
        }
        case STOPPED -> {
          settle(new Outcome.Abandoned());
          opened.response().request().reset();
          yield cut("this server is stopping");
        }
      };
    }

    /// A cut answer never ends cleanly: an end would pass for a whole answer. A stream says first
    /// what happened, in the client's dialect (F4).
    private Future<Void> cut(String why) {
      settle(new Outcome.Judged(new Verdict.Faulted(why), opened.latency()));
      if (!takesAnEvent()) {
        return response.reset();
      }
      var client = exchange.client();
      var refusal = Refusal.failed("The answer was cut off: " + why + ".");
      return response
          .write(RefusalText.event(refusal, client.shape(), client.id()))
          .transform(_ -> response.reset());
    }

    /// A stream whose length was told has no room for an event more: its bytes would pass for the
    /// missing ones.
    private boolean takesAnEvent() {
      var type = response.headers().get(HttpHeaders.CONTENT_TYPE);
      return type != null
          && type.startsWith("text/event-stream")
          && !response.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    private void settle(Outcome outcome) {
      if (!settled) {
        settled = true;
        opened.slot().settle(outcome, clock.instant());
      }
    }
  }
}
