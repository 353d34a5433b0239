package io.onebalance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between the gateway and an upstream and carries the bytes of both, but for one thing that
/// it does wrong with what the upstream says. It knows no HTTP, so it may stand before TLS as well.
///
/// `FaultProxy.before(upstream, cutsAfter(600, End.RST), well())`: the nth connection meets the nth
/// wrong, the last one goes on for ever.
public final class FaultProxy implements AutoCloseable {
  private final BareServer server;
  private final int upstream;
  private final AtomicLong carried = new AtomicLong();

  private FaultProxy(int upstream, Wrong... wrongs) {
    this.upstream = upstream;
    var manners = new BareServer.Manners[wrongs.length];
    for (var i = 0; i < wrongs.length; i++) {
      var wrong = wrongs[i];
      manners[i] = line -> carry(line, wrong);
    }
    server = new BareServer(manners);
  }

  /// How a connection is ended.
  public enum End {
    /// Both ways, politely.
    FIN,
    /// Both ways, at once.
    RST,
    /// This way only: the gateway may go on talking.
    HALF
  }

  /// What is done wrong on one connection.
  public interface Wrong {
    /// Passes this piece of the upstream's answer on, `before` bytes of which went before it. Tells
    /// whether the connection goes on.
    boolean pass(Line to, byte[] piece, long before) throws IOException;
  }

  public static FaultProxy before(int upstream, Wrong... wrongs) {
    return new FaultProxy(upstream, wrongs);
  }

  /// Nothing wrong.
  public static Wrong well() {
    return (to, piece, _) -> {
      to.say(piece);
      return true;
    };
  }

  /// Ends the connection when so many bytes have passed.
  public static Wrong cutsAfter(long bytes, End how) {
    return (to, piece, before) -> {
      if (before + piece.length < bytes) {
        to.say(piece);
        return true;
      }
      to.say(first(piece, bytes - before));
      switch (how) {
        case FIN -> to.end();
        case RST -> to.reset();
        case HALF -> {
          to.hush();
          to.untilClosed();
        }
      }
      return false;
    };
  }

  /// Says nothing more when so many bytes have passed, until the gateway has enough.
  public static Wrong stallsAfter(long bytes) {
    return (to, piece, before) -> {
      if (before < bytes) {
        to.say(first(piece, bytes - before));
      }
      return true;
    };
  }

  /// Cuts what passes into pieces of these lengths, over and over.
  public static Wrong chops(int... lengths) {
    return (to, piece, _) -> {
      for (int at = 0, i = 0; at < piece.length; i++) {
        var end = Math.min(piece.length, at + lengths[i % lengths.length]);
        to.say(Arrays.copyOfRange(piece, at, end));
        at = end;
      }
      return true;
    };
  }

  /// Turns the bits of the byte at this place: within TLS, of a record that then is none.
  public static Wrong corruptsAt(long place) {
    return (to, piece, before) -> {
      if (place >= before && place < before + piece.length) {
        piece[(int) (place - before)] ^= (byte) 0xff;
      }
      to.say(piece);
      return true;
    };
  }

  /// Says something of its own in place of the answer, and ends.
  public static Wrong garbles(byte[] bytes) {
    return (to, _, _) -> {
      to.say(bytes);
      to.hush();
      to.untilClosed();
      return false;
    };
  }

  public int port() {
    return server.port();
  }

  public String url() {
    return server.url();
  }

  /// How many connections there were.
  public int met() {
    return server.met();
  }

  /// How many bytes of answers came from the upstream.
  public long carried() {
    return carried.get();
  }

  private void carry(Line gateway, Wrong wrong) throws IOException {
    try (var line = Line.to(upstream)) {
      Thread.startVirtualThread(() -> forward(gateway, line));
      var before = 0L;
      for (var piece = line.some(); piece.length > 0; piece = line.some()) {
        carried.addAndGet(
            piece.length); // before the client can have it, and ask how many there were
        if (!wrong.pass(gateway, piece, before)) {
          return;
        }
        before += piece.length;
      }
    }
  }

  /// Carries what the gateway says; when it has said all, the upstream hears so.
  private static void forward(Line gateway, Line upstream) {
    try {
      for (var piece = gateway.some(); piece.length > 0; piece = gateway.some()) {
        upstream.say(piece);
      }
      upstream.end();
    } catch (IOException gone) {
      close(upstream);
    }
  }

  private static void close(Line line) {
    try {
      line.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static byte[] first(byte[] piece, long count) {
    return Arrays.copyOf(piece, Math.clamp(count, 0, piece.length));
  }

  @Override
  public void close() {
    server.close();
  }
}
