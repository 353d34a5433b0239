package io.onebalance.relay.tell;

import io.netty.handler.codec.http2.Http2Exception;
import io.onebalance.key.ApiKey;
import io.onebalance.ledger.Entry;
import io.onebalance.provider.limit.Hints;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.once.Declined;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.trail.Trail;
import io.onebalance.relay.exchange.Client;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.HeaderFields;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.translate.Complaint;
import io.onebalance.secret.Scrub;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Tells the client how the asking ended. Not thread-safe: it belongs to one event loop.
public final class Answering {
  private static final CharSequence ATTEMPTS =
      HttpHeaders.createOptimized("x-one-balance-attempts");
  private static final CharSequence KEY = HttpHeaders.createOptimized("x-one-balance-key");
  private static final CharSequence EXPLAIN = HttpHeaders.createOptimized("x-one-balance-explain");
  private static final String DROPPED = "x-one-balance-dropped";
  private static final String WHY = "x-one-balance-why";

  /// A client may write thousands of names that no provider knows.
  private static final int MOST_NAMES = 50;

  private static final int LONGEST_NAME = 100;

  private final Carriage carriage;
  private final ResourceNotes makings;
  private final InstantSource clock;

  public Answering(Wheel wheel, Room room, ResourceNotes makings, InstantSource clock) {
    this.carriage = new Carriage(wheel, room);
    this.makings = makings;
    this.clock = clock;
  }

  /// The future is complete when the client has all of the answer, or has left. A client that left
  /// before the last byte is no trouble of ours.
  public Future<Void> tell(Exchange exchange, Asked asked) {
    return forgiving(told(exchange, asked));
  }

  /// Reads an opened answer whole, to be told later; the slot is settled.
  public Future<Taken> take(Exchange exchange, Ending.Opened opened) {
    return guarded(
        opened,
        () ->
            Taken.of(
                exchange,
                opened,
                new Settlement(opened, exchange.client().draft(), clock),
                carriage));
  }

  /// Tells an answer of our own that was made of what several askings brought; the last of them was
  /// `asked`.
  public static void tell(Exchange exchange, Asked asked, List<String> dropped, byte[] json) {
    if (asked.ending() instanceof Ending.Opened opened) {
      sign(exchange.client(), opened.slot().key(), asked);
    } else {
      exchange.client().response().putHeader(ATTEMPTS, Integer.toString(asked.attempts()));
    }
    dropped(exchange.client(), dropped);
    exchange.client().tell(json);
  }

  /// Tells an answer from memory, whose head is written, unsent.
  public Future<Void> replay(Exchange exchange, Buffer body) {
    return forgiving(carriage.send(exchange, body));
  }

  /// The same for a stream, no faster than the client reads.
  public Future<Void> replay(Exchange exchange, ReadStream<Buffer> pieces) {
    var response = exchange.client().response();
    response.setChunked(true);
    return forgiving(carriage.carry(exchange, pieces, response, flow -> replayed(exchange, flow)));
  }

  private Future<Void> replayed(Exchange exchange, Pump.Flow flow) {
    var response = exchange.client().response();
    exchange.client().ends(flow.how());
    return switch (flow) {
      case WHOLE -> carriage.end(exchange);
      case LEFT -> Future.succeededFuture();
      case BROKEN, STALLED, STOPPED, UNTAKEN -> response.reset();
    };
  }

  /// Says what of the request the provider was not told. The names are the client's own words.
  static void dropped(Client client, List<String> names) {
    if (!names.isEmpty()) {
      var told = few(names);
      client.draft().drops(told);
      client.response().putHeader(DROPPED, visible(String.join(", ", told)));
    }
  }

  /// As many names as a field of an answer holds, none of them too long for it.
  private static List<String> few(List<String> names) {
    var told = new ArrayList<String>();
    for (var name : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
      told.add(name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…");
    }
    if (names.size() > MOST_NAMES) {
      told.add("and " + (names.size() - MOST_NAMES) + " more");
    }
    return told;
  }

  /// Breaks off every stream that runs, and tells their clients. Complete when they were told.
  public Future<Void> breakOff() {
    return carriage.stop();
  }

  /// How many answers are being passed on now. From any thread.
  public int running() {
    return carriage.running();
  }

  private static Future<Void> forgiving(Future<Void> told) {
    return told.recover(
        failure -> isDeparture(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  /// How Vert.x says that the other side of a connection or a stream is gone, and how Netty does of
  /// bytes that waited for room in a stream.
  public static boolean isDeparture(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof VertxException
        || failure instanceof Http2Exception;
  }

  private Future<Void> opened(Exchange exchange, Asked asked, Ending.Opened opened) {
    var settlement = new Settlement(opened, exchange.client().draft(), clock);
    var delivery = new Delivery(exchange, asked, opened, settlement);
    return guarded(
        opened,
        () -> {
          makings.note(exchange, asked.errand(), opened);
          return asked
              .errand()
              .translation()
              .map(back -> new Translating(delivery, carriage).begin(back))
              .orElseGet(() -> new Passing(delivery, carriage, makings).begin());
        });
  }

  /// What breaks inside of this program is no key's fault: wherever the telling of an answer does,
  /// the place and the connection are given back.
  private <T> Future<T> guarded(Ending.Opened opened, Supplier<Future<T>> telling) {
    return Future.succeededFuture()
        .compose(_ -> telling.get())
        .onFailure(_ -> opened.letGo(clock.instant()));
  }

  private Future<Void> told(Exchange exchange, Asked asked) {
    return switch (asked.ending()) {
      case Ending.Opened opened -> opened(exchange, asked, opened);
      case Ending.Theirs(var answer) -> declined(exchange, answer, asked);
      case Ending.Failed(var answer) -> declined(exchange, answer, asked);
      case Ending.Exhausted(var refusal) -> refuse(exchange.client(), refusal, asked);
      case Ending.Abandoned() -> {
        exchange.client().ends(Entry.How.LEFT);
        yield exchange.client().response().reset();
      }
    };
  }

  /// Writes the head of an opened answer, unsent.
  public static void head(Exchange exchange, Asked asked, Ending.Opened opened) {
    var key = opened.slot().key();
    var response = exchange.client().response();
    response.setStatusCode(opened.response().statusCode());
    Incoming.copy(opened.response().headers(), response.headers(), opened.secrets().get());
    sign(exchange.client(), key, asked);
  }

  /// A client hears of another dialect's refusal in its own.
  private Future<Void> declined(Exchange exchange, Declined answer, Asked asked) {
    var client = exchange.client();
    client.draft().refused(answer.body());
    if (asked.errand().translation().isEmpty()) {
      return send(exchange, answer, asked);
    }
    sign(client, answer.key(), asked);
    var rest = Hints.retryAfter(HeaderFields.of(answer.headers()), clock.instant());
    client.refuse(Complaint.of(answer.status(), answer.body().getBytes(), rest));
    return Future.succeededFuture();
  }

  private Future<Void> send(Exchange exchange, Declined answer, Asked asked) {
    var client = exchange.client();
    var response = client.response();
    response.setStatusCode(answer.status());
    Incoming.copy(answer.headers(), response.headers(), answer.secrets().get());
    sign(client, answer.key(), asked);
    return carriage.send(exchange, answer.body());
  }

  private static Future<Void> refuse(Client client, Refusal refusal, Asked asked) {
    client.response().putHeader(ATTEMPTS, Integer.toString(asked.attempts()));
    explain(client, asked.trail(), refusal::message);
    client.refuse(refusal);
    return Future.succeededFuture();
  }

  static void sign(Client client, ApiKey key, Asked asked) {
    client
        .response()
        .putHeader(ATTEMPTS, Integer.toString(asked.attempts()))
        .putHeader(KEY, key.id());
    explain(client, asked.trail(), () -> "answered by " + key.secret().masked());
  }

  /// Whether this client wants to be told why each key was chosen.
  public static boolean wantsReasons(Client client) {
    return "1".equals(client.request().getHeader(EXPLAIN));
  }

  private static void explain(Client client, Trail trail, Supplier<String> last) {
    if (client.draft().isExplained()) {
      var story = trail.story();
      var all = story.isEmpty() ? last.get() : story + "; " + last.get();
      var why = client.draft().reasons();
      client
          .response()
          .putHeader(WHY, visible(Scrub.scrub(why.isEmpty() ? all : all + " | " + why)));
    }
  }

  /// Header values are visible ASCII; anything else becomes a question mark.
  private static String visible(String text) {
    return text.replace("…", "...").replaceAll("[^\\x20-\\x7e]", "?");
  }
}
