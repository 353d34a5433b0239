package io.onebalance.relay.exchange;

import io.onebalance.http.Forwarded;
import io.onebalance.http.Remainder;
import io.onebalance.ledger.Entry;
import io.onebalance.relay.exchange.note.Draft;
import io.onebalance.relay.exchange.note.LastByte;
import io.onebalance.relay.exchange.note.Witness;
import io.onebalance.relay.exchange.note.Witnessed;
import io.onebalance.route.Endpoint;
import io.onebalance.route.ErrorShape;
import io.onebalance.upstream.Departure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The client's side of one exchange.
public final class Client {
  private static final CharSequence REQUEST_ID =
      HttpHeaders.createOptimized("x-one-balance-request-id");

  /// What the head of an answer says of its body, and would be wrong of another.
  private static final List<CharSequence> OF_A_BODY =
      List.of(HttpHeaders.CONTENT_LENGTH, HttpHeaders.CONTENT_ENCODING);

  private final HttpServerRequest request;
  private final Endpoint endpoint;
  private final Draft draft;
  private final Departure departure = new Departure();
  private final Deque<Runnable> held = new ArrayDeque<>(4); // hardly ever more
  private boolean joined;
  private @Nullable Witness witness;
  private @Nullable Wish wish;

  public Client(HttpServerRequest request, Endpoint endpoint, Draft draft) {
    this.request = request;
    this.endpoint = endpoint;
    this.draft = draft;
    var response = request.response();
    response.closeHandler(_ -> left());
    response.exceptionHandler(_ -> left());
    request.exceptionHandler(_ -> left());
    response.putHeader(REQUEST_ID, draft.id());
  }

  /// Says what is to be given back, beside all that was said before, when this exchange is over, in
  /// whatever way it ends.
  public void holds(Runnable more) {
    held.add(more);
  }

  /// The exchange is over, after it was said how it [#ends]: what it holds covers what it used
  /// until that is charged. It is given back once, however often this is said.
  public void over() {
    for (var back = held.poll(); back != null; back = held.poll()) {
      back.run();
    }
  }

  /// What the request turned out to want. A large body is read by a worker, which is not to write
  /// the draft: [#noteWish] does, before anything comes of what was read.
  public void wants(String model, boolean stream) {
    wish = new Wish(model, stream);
  }

  /// Call it on the event loop, when the body was read.
  public void noteWish() {
    if (wish != null) {
      draft.wants(wish.model, wish.stream);
    }
  }

  private record Wish(String model, boolean stream) {}

  private void left() {
    try {
      departure.happened();
      if (!joined) {
        ends(Entry.How.LEFT);
      }
    } finally {
      if (!joined) {
        over();
      }
    }
  }

  /// What runs for this exchange is called off as if its client had left, and it is over.
  public void callOff() {
    try {
      departure.happened();
    } finally {
      over();
    }
  }

  public HttpServerRequest request() {
    return request;
  }

  public HttpServerResponse response() {
    return request.response();
  }

  public Departure departure() {
    return departure;
  }

  /// The query as the client wrote it, empty where there is none.
  public String query() {
    var query = request.query();
    return query == null ? "" : query;
  }

  /// Where this client reached us; how safely, a proxy before us knows better where it is
  /// `trusted`.
  public String publicBase(Predicate<String> trusted) {
    var here = request.isSSL();
    var secure =
        trusted.test(request.remoteAddress().hostAddress())
            ? Forwarded.isSecure(request.headers().getAll(Forwarded.PROTO), here)
            : here;
    var authority = request.authority();
    return (secure ? "https://" : "http://")
        + (authority == null ? "localhost" : authority.toString());
  }

  /// Whose error body this client understands; found out only where there is an error to tell.
  public ErrorShape shape() {
    return ErrorShape.of(endpoint, HeaderFields.of(request.headers()));
  }

  public String id() {
    return draft.id();
  }

  public Draft draft() {
    return draft;
  }

  /// From here on this one hears what the client is told.
  public void witness(Witness hearer) {
    witness = hearer;
  }

  /// Where the bytes of an answer go. Where its head tells a length, the client knows with the last
  /// byte that it has all; so the end is said before that byte goes.
  public WriteStream<Buffer> outlet() {
    var length = response().headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      witness = new LastByte(length, witness, () -> ends(Entry.How.WHOLE));
    }
    return witness == null ? response() : new Witnessed(response(), witness);
  }

  /// The client is told these bytes at once, beside what goes through the outlet.
  public void told(Buffer bytes) {
    if (witness != null) {
      witness.told(bytes);
    }
  }

  /// The last byte of the answer follows, or nothing more. The first word counts.
  public void ends(Entry.How how) {
    if (witness != null) {
      if (how == Entry.How.WHOLE) {
        witness.toldAll();
      }
      witness = null;
    }
    var heard = how != Entry.How.LEFT || response().headWritten();
    draft.close(heard ? response().getStatusCode() : 0, how);
  }

  /// The connection is a WebSocket from here on: whoever carries it says how it ends, and when it
  /// is over.
  public void joins() {
    joined = true;
  }

  /// Says that somebody is here. Claude Code asks so before anything else, without any credential.
  public void greet() {
    draft.drop();
    response().setStatusCode(200).end();
  }

  /// Answers with JSON of our own, if the client is still there.
  public void tell(byte[] json) {
    if (!response().ended() && !response().closed()) {
      response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
      ends(Entry.How.WHOLE);
      response().end(Buffer.buffer(json));
    }
  }

  /// Answers with a refusal, if the client is still there and has heard nothing yet. A refusal
  /// before the body was read tells an HTTP/1.1 client that its connection ends, unless little of
  /// the body can be left.
  public void refuse(Refusal refusal) {
    if (!response().ended() && !response().closed() && !response().headWritten()) {
      tell(refusal);
    }
    over();
  }

  private void tell(Refusal refusal) {
    var response = response();
    response.setStatusCode(refusal.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    refusal
        .retryAfter()
        .ifPresent(rest -> {
          response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds(rest)));
          response.putHeader("x-should-retry", "false");
        });
    if (isLast(refusal)) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    ends(Entry.How.WHOLE);
    response.end(RefusalText.of(refusal, shape(), id()));
  }

  /// Ends what can't be brought to its end: with a refusal where the client has heard nothing yet.
  /// An answer that has begun is cut off, since an end would pass for a whole one.
  public void breakOff(Refusal refusal) {
    if (!response().headWritten()) {
      OF_A_BODY.forEach(response().headers()::remove);
      refuse(refusal);
    } else {
      ends(Entry.How.CUT);
      if (!response().ended()) {
        response().reset();
      }
    }
  }

  /// Whoever was too slow with a body is not waited for.
  private boolean isLast(Refusal refusal) {
    return !request.isEnded()
        && request.version() != HttpVersion.HTTP_2
        && (refusal.status() == Refusal.SLOW
            || !Remainder.isShort(HeaderFields.of(request.headers())));
  }

  /// Whole seconds, rounded up: a client that comes back a moment early would be refused again.
  private static long seconds(Duration rest) {
    return Math.max(1, rest.plusNanos(999_999_999).toSeconds());
  }
}
