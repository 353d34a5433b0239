package io.onebalance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A server on a bare socket: what it does with each connection is the test's to say.
public final class BareServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final List<Manners> manners;
  private final AtomicInteger met = new AtomicInteger();

  /// How one connection is treated; it is closed afterwards.
  public interface Manners {
    void meet(Line line) throws IOException;
  }

  /// The nth connection is met with the nth manners; the last go on for ever.
  public BareServer(Manners... manners) {
    this(open(ServerSocketFactory.getDefault()), manners);
  }

  private BareServer(ServerSocket socket, Manners... manners) {
    this.socket = socket;
    this.manners = List.of(manners);
    Thread.startVirtualThread(this::accept);
  }

  /// A server that speaks TLS, and this protocol (`h2`, `http/1.1`) above it.
  public static BareServer overTls(SSLContext identity, String protocol, Manners... manners) {
    var socket = (SSLServerSocket) open(identity.getServerSocketFactory());
    var parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    return new BareServer(socket, manners);
  }

  private static ServerSocket open(ServerSocketFactory sockets) {
    try {
      return sockets.createServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// How many connections there were.
  public int met() {
    return met.get();
  }

  private void accept() {
    try {
      while (true) {
        var line = new Line(socket.accept());
        lines.add(line);
        var how = manners.get(Math.min(met.getAndIncrement(), manners.size() - 1));
        Thread.startVirtualThread(() -> meet(line, how));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void meet(Line line, Manners how) {
    try (line) {
      how.meet(line);
    } catch (IOException gone) {
      // the other side has had enough; what it left behind is for the test to see
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (var line : lines) {
        line.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
