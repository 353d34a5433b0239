package io.onebalance.upstream.fetch;

import io.onebalance.upstream.Symptom;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.name.Authority;
import io.onebalance.upstream.name.Resolver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One link on its way. Whatever ends it first decides; redirects are not followed, since they
/// could lead anywhere. Confined to one event loop.
public final class Fetching {
  static final int MOST = 20 << 20;

  private static final Pattern MEDIA = Pattern.compile("(image|audio|video)/.+|application/pdf");
  private static final int FOUND = 200;

  private final Promise<Fetched> ended = Promise.promise();
  private final @Nullable Link link;
  private final Room room;
  private final Buffer bytes = Buffer.buffer();
  private @Nullable HttpClientRequest request;

  Fetching(Link link, Room room, Wheel wheel, Duration patience) {
    this.link = link;
    this.room = room;
    var alarm = wheel.after(patience, () -> refuse("did not come in time"));
    ended.future().onComplete(_ -> alarm.cancel());
  }

  private Fetching(String why) {
    this.link = null;
    this.room = new Room(0, _ -> false);
    ended.complete(new Fetched.Refused(why));
  }

  /// A link that is not followed at all.
  static Fetching refused(String why) {
    return new Fetching(why);
  }

  /// Never fails.
  public Future<Fetched> ended() {
    return ended.future();
  }

  /// Nobody wants it any more.
  public void stop() {
    end(new Fetched.Stopped());
  }

  void begin(HttpClientAgent line, WorkerExecutor names, Resolver resolver) {
    var origin = link().origin();
    names
        .executeBlocking(() -> Authority.ofStranger(origin, resolver), false)
        .onComplete(
            authority -> connect(line, authority),
            failure -> refuse("leads nowhere: " + Symptom.of(failure)));
  }

  private Link link() {
    if (link == null) {
      throw new IllegalStateException("a refused link is not followed");
    }
    return link;
  }

  private void connect(HttpClientAgent line, Authority authority) {
    if (ended.future().isComplete()) {
      return;
    }
    var origin = link().origin();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(authority.server())
            .setHost(origin.host())
            .setPort(origin.port())
            .setSsl(origin.tls())
            .setURI(link().target());
    line.request(options)
        .onComplete(
            connected -> send(connected, authority),
            failure -> refuse("could not be fetched: " + Symptom.of(failure)));
  }

  private void send(HttpClientRequest connected, Authority authority) {
    connected.exceptionHandler(failure -> refuse("broke off: " + Symptom.of(failure)));
    if (ended.future().isComplete()) {
      connected.reset();
      return;
    }
    request = connected;
    connected.authority(authority.written());
    connected.putHeader(HttpHeaders.ACCEPT, "image/*, audio/*, video/*, application/pdf");
    connected.putHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    connected.putHeader(HttpHeaders.USER_AGENT, "one-balance");
    connected
        .response()
        .onComplete(this::answered, failure -> refuse("broke off: " + Symptom.of(failure)));
    connected.end();
  }

  private void answered(HttpClientResponse response) {
    response.exceptionHandler(failure -> refuse("broke off: " + Symptom.of(failure)));
    var type = type(response);
    if (response.statusCode() != FOUND) {
      refuse("answered " + response.statusCode() + "; a redirect is not followed");
    } else if (!MEDIA.matcher(type).matches()) {
      refuse("is no picture, sound, film or PDF");
    } else {
      response.handler(this::take);
      response.endHandler(_ -> ended.tryComplete(new Fetched.Got(type, bytes)));
    }
  }

  private static String type(HttpClientResponse response) {
    var told = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return told == null ? "" : told.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private void take(Buffer piece) {
    if (ended.future().isComplete()) {
      return;
    }
    if (bytes.length() + piece.length() > MOST || !room.take(piece.length())) {
      refuse("is too large");
    } else if (!room.isThere()) {
      end(new Fetched.Crowded());
    } else {
      bytes.appendBuffer(piece);
    }
  }

  private void refuse(String why) {
    var where = link == null ? "a link" : "the link to " + link.origin().host();
    end(new Fetched.Refused(where + " " + why));
  }

  private void end(Fetched how) {
    if (ended.tryComplete(how) && request != null) {
      request.reset();
    }
  }
}
