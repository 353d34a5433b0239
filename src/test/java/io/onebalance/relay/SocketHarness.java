package io.onebalance.relay;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Prints what WebSockets cost: CPU per message there and back, with and without the relay between,
/// and the heap that open sockets hold. Everything runs in one process, so the difference is the
/// relay's.
final class SocketHarness {
  private static final int OPEN = 1_000;
  private static final int MESSAGES = 20_000;
  private static final String PING =
      "{\"type\":\"session.update\",\"pad\":\"" + "x".repeat(900) + "\"}";

  private final Rig rig = new Rig();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Kept for as long as its sockets: a client that nobody holds is closed with them.
  private final WebSocketClient client =
      rig.vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(OPEN));

  private SocketHarness() {}

  public static void main(String[] args) throws InterruptedException {
    var harness = new SocketHarness();
    harness.rig.keys("openai", "key-a-000000000000000000000");
    for (var round = 0; round < 4; round++) {
      harness.cpu("direct", harness.rig.sandbox.port(), "/openai/v1/realtime?model=m");
      harness.cpu("relayed", harness.rig.port(), "/api/openai/v1/realtime?model=m");
    }
    harness.memory("direct", harness.rig.sandbox.port(), "/openai/v1/realtime?model=m");
    harness.memory("relayed", harness.rig.port(), "/api/openai/v1/realtime?model=m");
    harness.rig.close();
  }

  /// The greeting begins the exchange; each message is answered with the next.
  private void cpu(String way, int port, String path) throws InterruptedException {
    var done = new CountDownLatch(MESSAGES);
    var before = system.getProcessCpuTime();
    var socket = client.webSocket();
    socket.textMessageHandler(_ -> {
      done.countDown();
      if (done.getCount() > 0) {
        socket.writeTextMessage(PING);
      }
    });
    Rig.join(socket.connect(options(port, path)));
    if (!done.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("no answer for two minutes");
    }
    var micros = (system.getProcessCpuTime() - before) / 1_000.0 / MESSAGES;
    print("%s: %.1f µs of CPU per message there and back".formatted(way, micros));
    Rig.join(socket.close());
  }

  private void memory(String way, int port, String path) {
    var before = heap();
    List<WebSocket> open = new ArrayList<>();
    for (var i = 0; i < OPEN; i++) {
      open.add(open(port, path));
    }
    var bytes = (heap() - before) / OPEN;
    print("%s: %d bytes of heap per open socket, both its ends included".formatted(way, bytes));
    open.forEach(socket -> Rig.join(socket.close()));
  }

  private WebSocket open(int port, String path) {
    return Rig.join(client.connect(options(port, path)));
  }

  private static WebSocketConnectOptions options(int port, String path) {
    return new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI(path)
        .putHeader("authorization", "Bearer " + Rig.AUTH);
  }

  private static long heap() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (var i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
