package io.onebalance;

import io.onebalance.wire.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that ask instances for so many chats a second, each instance as many as the others; one
/// that is not answered with 200 is an [IllegalStateException].
final class PacedAsking implements AutoCloseable {
  private static final int CLIENTS_EACH = 4;

  private final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Thread> clients = new ArrayList<>();

  /// Begins; `aSecondEach` is for one instance.
  PacedAsking(List<Child> instances, int aSecondEach) {
    var pause = TimeUnit.SECONDS.toNanos(CLIENTS_EACH) / aSecondEach;
    for (var instance : instances) {
      var port = URI.create(instance.url()).getPort();
      for (var n = 0; n < CLIENTS_EACH; n++) {
        var first = System.nanoTime() + pause * n / CLIENTS_EACH;
        clients.add(Thread.ofPlatform().start(() -> ask(port, first, pause)));
      }
    }
  }

  /// How many were answered by now.
  long answered() {
    return answered.get();
  }

  private void ask(int port, long first, long pause) {
    var body = FarProvider.chat("groq/any", false);
    var request =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(FarProvider.AUTH, body.length(), body);
    try (var line = Line.to(port)) {
      for (var next = first; !over.get(); next += pause) {
        LockSupport.parkNanos(next - System.nanoTime());
        if (line.say(request).hear().status() != 200) {
          throw new IllegalStateException("a request failed");
        }
        answered.incrementAndGet();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() {
    over.set(true);
    for (var client : clients) {
      try {
        client.join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
