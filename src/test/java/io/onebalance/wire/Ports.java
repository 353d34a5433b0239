package io.onebalance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/// Ports for what must know its port before it listens. All else listens at port 0.
public final class Ports {
  /// Below the range that systems take the ports of connections from (Linux: 32768 on), so that no
  /// connection, of which other tests make thousands, gets it in between.
  private static final int FIRST = 10_000;

  private static final int BOUND = 32_000;

  private Ports() {}

  /// A port at which nobody listens now.
  public static int free() {
    var random = new Random();
    for (var tries = 0; tries < 100; tries++) {
      var port = random.nextInt(FIRST, BOUND);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " to " + BOUND);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
