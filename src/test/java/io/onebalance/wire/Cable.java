package io.onebalance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to a server that can be cut, and mended: while it is cut, what runs over it breaks and
/// nobody gets through. Its port stays the same.
public final class Cable implements AutoCloseable {
  private final int server;
  private final ServerSocket listening;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean whole;

  private Cable(int server, boolean whole) throws IOException {
    this.server = server;
    this.whole = whole;
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  public static Cable to(int server, boolean whole) {
    try {
      var cable = new Cable(server, whole);
      Thread.startVirtualThread(cable::accept);
      return cable;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  public void cut() {
    whole = false;
    ends.forEach(Cable::close);
    ends.clear();
  }

  public void mend() {
    whole = true;
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        if (whole) {
          connect(client);
        } else {
          close(client);
        }
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void connect(Socket client) throws IOException {
    var far = new Socket(InetAddress.getLoopbackAddress(), server);
    ends.add(client);
    ends.add(far);
    carry(client, far);
    carry(far, client);
    if (!whole) {
      cut();
    }
  }

  private void carry(Socket from, Socket to) {
    Thread.startVirtualThread(() -> {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException broken) {
        // the other way ends too
      } finally {
        close(from);
        close(to);
        ends.remove(from);
        ends.remove(to);
      }
    });
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    cut();
  }
}
