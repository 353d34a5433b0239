package io.onebalance.relay.socket;

import io.onebalance.upstream.Wheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Two ends of a WebSocket joined: what one says the other hears, no faster than it reads. When one
/// goes, the other is told why and goes too.
///
/// Not thread-safe: it belongs to the event loop of both sockets.
final class Tunnel {
  /// How long the ends may take to say goodbye once one of them has begun to.
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  /// How long a client may take to hear a farewell and to close.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Wheel wheel;
  private final RandomGenerator chance;
  private final Patience patience;
  private final Side client;
  private final Side provider;
  private final Promise<End> end = Promise.promise();
  private Optional<FirstMessage> first;
  private Wheel.Alarm alarm;
  private long heard;
  private boolean parting;

  /// How a tunnel ended, as far as the provider is concerned.
  enum End {
    /// In order, or by the client's or our doing.
    OVER,
    /// The provider went without a word, or broke the rules.
    BROKEN
  }

  /// How long both ends may be silent, and how long each may take to read half of what lies ready
  /// for it.
  record Patience(Duration idle, Duration taking) {}

  Tunnel(Side client, Side provider, Patience patience, Wheel wheel, RandomGenerator chance) {
    this.wheel = wheel;
    this.chance = chance;
    this.patience = patience;
    this.client = client;
    this.provider = provider;
    this.first = Optional.empty();
    this.heard = wheel.millis();
    this.alarm = wheel.after(patience.idle(), this::look);
  }

  /// Holds the client's first message until it was approved.
  void await(FirstMessage message) {
    first = Optional.of(message);
  }

  /// Carries until an end goes. Fails only where this program does; both sockets are closed
  /// afterwards.
  Future<End> carry() {
    carry(client, provider);
    carry(provider, client);
    client.whenGone(() -> part(End.OVER, Optional.empty(), leaving("the client is gone")));
    provider.whenGone(this::providerGone);
    client.socket().shutdownHandler(_ -> {}); // so that a drain waits for the socket
    client.inflow().resume();
    provider.inflow().resume();
    return end.future();
  }

  private void carry(Side from, Side to) {
    from.inflow().handler(piece -> take(piece, from, to));
  }

  /// Where a piece breaks this program nothing passes any more: a frame would miss its bytes.
  private void take(Buffer piece, Side from, Side to) {
    try {
      if (end.future().isComplete()) {
        drop(piece, from);
      } else {
        pass(piece, from, to);
      }
    } catch (RuntimeException | Error broken) {
      broke(broken);
    }
  }

  private void pass(Buffer piece, Side from, Side to) {
    heard = wheel.millis();
    var passing = from.frames().pass(from.isClient() ? approved(piece) : piece);
    if (passing.length() > 0) {
      write(passing, from, to);
    }
    if (from.frames().offence().isPresent()) {
      offended(from, from.frames().offence().get());
    } else if (from.frames().isClosed()) {
      soonOver();
    }
  }

  /// What of a client's bytes may go on already.
  private Buffer approved(Buffer piece) {
    if (first.isEmpty()) {
      return piece;
    }
    var approved = first.get().pass(piece);
    first.get().offence().ifPresent(offence -> offended(client, offence));
    first = approved.length() > 0 ? Optional.empty() : first;
    return approved;
  }

  /// Who has no room for more has its time from here on; who reads slowly is no silence.
  private void write(Buffer bytes, Side from, Side to) {
    to.socket().write(bytes);
    if (to.isFull()) {
      from.inflow().pause();
      to.fills(
          wheel.millis(),
          () -> {
            heard = wheel.millis();
            from.inflow().resume();
          });
      watch();
    }
  }

  private void watch() {
    if (!parting) {
      alarm.cancel();
      look();
    }
  }

  /// Whoever breaks a rule is told which; the other hears of a size in the same words, of anything
  /// else that the first one is gone.
  private void offended(Side by, Frames.Offence offence) {
    var told = Optional.of(new Farewell(offence.code(), offence.why()));
    if (by.isClient()) {
      part(End.OVER, told, leaving("the client was refused"));
    } else {
      part(
          End.BROKEN,
          Optional.of(
              new Farewell(
                  offence.code() == 1009 ? 1009 : Farewell.FAILED,
                  "the provider: " + offence.why())),
          told);
    }
  }

  private void providerGone() {
    var inOrder = provider.frames().isClosed() || client.frames().isClosed();
    part(inOrder ? End.OVER : End.BROKEN, failing("the provider broke off"), Optional.empty());
  }

  /// Ends both sides because this program does.
  void breakOff() {
    var farewell = leaving("the gateway is going away");
    part(End.OVER, farewell, farewell);
  }

  /// One alarm per idle time, not per piece: it looks when the last piece came.
  private void look() {
    var now = wheel.millis();
    var silence = patience.idle().toMillis() - (now - heard);
    var ofClient = client.left(patience.taking(), now);
    var ofProvider = provider.left(patience.taking(), now);
    if (ofClient <= 0) {
      part(End.OVER, Optional.empty(), leaving("the client took nothing"));
      client.cut();
    } else if (ofProvider <= 0) {
      part(End.BROKEN, failing("the provider took nothing"), Optional.empty());
      provider.cut();
    } else if (silence <= 0) {
      var farewell = leaving("nothing was said for " + patience.idle().toSeconds() + " s");
      part(End.OVER, farewell, farewell);
    } else {
      var rest = Math.min(silence, Math.min(ofClient, ofProvider));
      alarm = wheel.after(Duration.ofMillis(rest), this::look);
    }
  }

  private void soonOver() {
    if (!parting) {
      parting = true;
      alarm.cancel();
      alarm = wheel.after(GOODBYE, () -> part(End.OVER, Optional.empty(), Optional.empty()));
    }
  }

  private static Optional<Farewell> leaving(String why) {
    return Optional.of(new Farewell(Farewell.LEAVING, why));
  }

  private static Optional<Farewell> failing(String why) {
    return Optional.of(new Farewell(Farewell.FAILED, why));
  }

  private void broke(Throwable broken) {
    if (!end.future().isComplete()) {
      sayGoodbye(failing("the gateway failed"), leaving("the gateway failed"));
      end.tryFail(broken);
    }
  }

  private void part(End how, Optional<Farewell> toClient, Optional<Farewell> toProvider) {
    if (end.tryComplete(how)) {
      sayGoodbye(toClient, toProvider);
    }
  }

  /// Ends both sides, each with its farewell where it has not heard one yet and where no frame is
  /// cut: what follows half a frame would be read as its rest.
  private void sayGoodbye(Optional<Farewell> toClient, Optional<Farewell> toProvider) {
    alarm.cancel();
    client.socket().shutdownHandler(null); // while there is one, a close waits too
    toProvider
        .filter(_ -> hears(client.frames()))
        .ifPresent(farewell -> provider.socket().write(farewell.toServer(chance)));
    end(provider);
    toClient
        .filter(_ -> hears(provider.frames()))
        .ifPresentOrElse(this::dismiss, () -> end(client));
  }

  private void end(Side side) {
    side.end(wheel, patience.taking());
  }

  /// Lets the client read its farewell: a connection that ends while bytes of the client's are on
  /// their way is reset, and what it was told is lost.
  private void dismiss(Farewell farewell) {
    client.socket().write(farewell.toClient());
    client.inflow().resume();
    alarm = wheel.after(LINGER, () -> end(client));
  }

  /// What comes after the end is dropped, up to the client's own Close frame.
  private void drop(Buffer piece, Side from) {
    if (from.isClient()) {
      from.frames().pass(piece);
      if (from.frames().isClosed()) {
        alarm.cancel();
        end(client);
      }
    }
  }

  private static boolean hears(Frames before) {
    return !before.isClosed() && before.isBetweenFrames();
  }
}
