package io.onebalance.upstream.call;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Error;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.Reply;
import io.onebalance.upstream.Symptom;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.name.Authority;
import io.onebalance.upstream.name.Names;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One question on its way: waiting for a connection, sent, answered. Whatever ends it first
/// decides the reply; what comes later is dropped.
final class Call {
  /// So many interim answers (100, 103) may come before the answer (F16).
  private static final int INTERIM_ANSWERS = 8;

  /// So many fields may stand in the head of an answer (F15).
  private static final int FIELDS = 200;

  /// How long a connection that takes no more questions may take to end those that it has.
  private static final Duration RETIREMENT = Duration.ofHours(1);

  private final Question question;
  private final Departure client;
  private final Function<HttpConnection, Hearing> hearings;
  private final Duration connecting;
  private final Promise<Reply> reply = Promise.promise();
  private Wheel.@Nullable Alarm alarm;
  private @Nullable HttpClientRequest request;
  private @Nullable Hearing hearing;
  private long heardBefore;
  private boolean located;
  private int interimAnswers;

  Call(
      Question question,
      Departure client,
      Function<HttpConnection, Hearing> hearings,
      Duration connecting) {
    this.question = question;
    this.client = client;
    this.hearings = hearings;
    this.connecting = connecting;
  }

  Future<Reply> on(Lines lines, Names names, Wheel wheel) {
    alarm = wheel.after(question.patience(), this::late);
    client.stops(() -> callOff(new Reply.CalledOff()));
    names
        .of(question.origin())
        .onComplete(
            authority -> connect(lines, authority, names), failure -> end(unreachable(failure)));
    return reply.future();
  }

  private void connect(Lines lines, Authority authority, Names names) {
    if (reply.future().isComplete()) {
      return;
    }
    located = true;
    lines
        .to(question, authority)
        .request(options(authority), reply.future()::isComplete)
        .onComplete(
            connected -> begin(connected, authority),
            failure -> {
              var met = unreachable(failure);
              if (met instanceof Reply.Unreachable) {
                names.nobodyAt(question.origin(), authority);
              }
              end(met);
            });
  }

  private RequestOptions options(Authority authority) {
    var origin = question.origin();
    return new RequestOptions()
        .setMethod(question.method())
        .setServer(authority.server())
        .setHost(origin.host())
        .setPort(origin.port())
        .setSsl(origin.tls())
        .setURI(question.target());
  }

  /// A request that can't be written ends the call at once, and its connection with it.
  private void begin(HttpClientRequest connected, Authority authority) {
    try {
      send(connected, authority);
    } catch (RuntimeException broken) {
      end(new Reply.Broken(Symptom.of(broken)));
      Cut.off(connected);
    }
  }

  private void send(HttpClientRequest connected, Authority authority) {
    if (reply.future().isComplete()) {
      connected.exceptionHandler(_ -> {});
      Cut.off(connected);
      return;
    }
    request = connected;
    hearing = hearings.apply(connected.connection());
    heardBefore = hearing.asks(connected);
    connected.authority(authority.written());
    question.headers().accept(connected.headers());
    connected.exceptionHandler(failure -> end(failed(failure)));
    connected.continueHandler(_ -> interim());
    connected.earlyHintsHandler(_ -> interim());
    connected.response().onComplete(this::answered, failure -> end(failed(failure)));
    Sending.of(question.body(), connected);
  }

  /// Whatever may be reset gets a handler first: where it has none, the end by our own reset passes
  /// for an error of the program.
  private void answered(HttpClientResponse response) {
    response.exceptionHandler(_ -> {});
    if (reply.future().isComplete()) {
      Cut.off(response);
      return;
    }
    if (hasTooManyFields(response)) {
      callOff(new Reply.Broken("more than " + FIELDS + " fields in the head of the answer"));
      return;
    }
    response.pause();
    end(new Reply.Answered(response));
  }

  private void late() {
    var open = request;
    if (open == null) {
      callOff(unasked());
      return;
    }
    callOff(new Reply.Silent());
    if (hearing != null && hearing.isSilentSince(heardBefore)) {
      retire(open.connection());
    }
  }

  /// An HTTP/2 connection may be dead on which nothing at all was heard: the next question gets a
  /// fresh one. Younger questions on it may still be answered. (One of HTTP/1.1 ends with its
  /// question.)
  private static void retire(HttpConnection connection) {
    if (connection.protocolVersion() == HttpVersion.HTTP_2) {
      connection.shutdown(RETIREMENT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// A connection and its handshake have limits of their own: where both could have passed and
  /// nothing was sent, the question stood in our own queue all the time.
  private Reply unasked() {
    if (!located) {
      return new Reply.Unreachable("the name of the server was not resolved in time", true);
    }
    return question.patience().compareTo(connecting.multipliedBy(2)) > 0
        ? new Reply.Crowded("no connection to this provider became free in time")
        : new Reply.Unreachable("no connection in time", true);
  }

  private static boolean hasTooManyFields(HttpClientResponse response) {
    var fields = 0;
    for (var _ : response.headers()) {
      fields++;
    }
    return fields > FIELDS;
  }

  private void interim() {
    interimAnswers++;
    if (interimAnswers > INTERIM_ANSWERS) {
      callOff(new Reply.Broken("more than " + INTERIM_ANSWERS + " interim answers"));
    }
  }

  private void callOff(Reply why) {
    var open = request;
    if (end(why) && open != null) {
      Cut.off(open);
    }
  }

  private boolean end(Reply how) {
    if (reply.future().isComplete()) {
      return false;
    }
    if (alarm != null) {
      alarm.cancel();
    }
    client.stopsNothing();
    reply.complete(how);
    return true;
  }

  private static Reply unreachable(Throwable failure) {
    if (failure instanceof ConnectionPoolTooBusyException) {
      return new Reply.Crowded("too many requests wait for a connection to this provider");
    }
    return new Reply.Unreachable(Symptom.of(failure), failure instanceof ConnectTimeoutException);
  }

  private Reply failed(Throwable failure) {
    return wasNotProcessed(failure)
        ? new Reply.Unprocessed(Symptom.of(failure))
        : new Reply.Broken(Symptom.of(failure));
  }

  private boolean wasNotProcessed(Throwable failure) {
    return switch (failure) {
      case StreamResetException reset -> reset.getCode() == Http2Error.REFUSED_STREAM.code();
      case HttpClosedException closed ->
          closed.goAway() == null ? staleConnection() : isExcludedBy(closed.goAway());
      default -> false; // exceptions are an open family; any other may have come after the work
    };
  }

  /// A server that says goodbye names the last stream it worked on (RFC 9113, 6.8).
  private boolean isExcludedBy(GoAway goodbye) {
    return request != null && request.streamId() > goodbye.getLastStreamId();
  }

  /// A pooled HTTP/1.1 connection that closed without a byte of answer was, but for a rare race,
  /// closed before our question came (RFC 9112, 9.3.1).
  private boolean staleConnection() {
    return hearing != null
        && hearing.isUnheard()
        && request != null
        && request.version() != HttpVersion.HTTP_2
        && !(question.body() instanceof Body.Passing);
  }
}
