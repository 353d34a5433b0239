package io.onebalance.relay.ask.once;

import io.onebalance.proof.Notary;
import io.onebalance.proof.Proven;
import io.onebalance.provider.Destination;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.relay.plan.errand.Message;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Bytes;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// Waits on an event loop for the proof of a key, no longer than the attempt and the client last.
final class Proving {
  /// How the waiting ended.
  sealed interface Waited {
    record Done(Proven proven) implements Waited {}

    /// The body passes by, so that it can't be signed.
    record NotWhole() implements Waited {}

    /// The request is none that can be signed.
    record Unsignable(String why) implements Waited {}

    record Late() implements Waited {}

    record Left() implements Waited {}
  }

  private final Notary notary;
  private final Wheel wheel;

  Proving(Notary notary, Wheel wheel) {
    this.notary = notary;
    this.wheel = wheel;
  }

  Notary notary() {
    return notary;
  }

  Future<Waited> prove(Destination to, Message message, Departure client, Duration patience) {
    if (!(message.body() instanceof Body.Kept(var bytes))) {
      return to.proof().coversBody()
          ? Future.succeededFuture(new Waited.NotWhole())
          : wait(notary.prove(to, message.method().name(), new byte[0]), client, patience);
    }
    var body = to.proof().coversBody() ? Bytes.of(bytes) : new byte[0];
    return wait(notary.prove(to, message.method().name(), body), client, patience);
  }

  private Future<Waited> wait(
      CompletableFuture<Proven> proving, Departure client, Duration patience) {
    if (proving.state() == java.util.concurrent.Future.State.SUCCESS) {
      return Future.succeededFuture(new Waited.Done(proving.resultNow()));
    }
    var loop = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    var end = Promise.<Waited>promise();
    var alarm = wheel.after(patience, () -> end.tryComplete(new Waited.Late()));
    client.stops(() -> end.tryComplete(new Waited.Left()));
    proving.whenComplete((proven, broken) ->
        loop.runOnContext(_ -> {
          if (broken == null) {
            end.tryComplete(new Waited.Done(proven));
          } else if (broken.getCause() instanceof IllegalPath wrong) {
            end.tryComplete(new Waited.Unsignable(String.valueOf(wrong.getMessage())));
          } else {
            end.tryFail(broken);
          }
        }));
    return end.future()
        .onComplete(_ -> {
          alarm.cancel();
          client.stopsNothing();
        });
  }
}
