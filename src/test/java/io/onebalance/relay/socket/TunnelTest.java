package io.onebalance.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.upstream.Wheel;
import io.onebalance.wire.Line;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Two sockets joined, with a listener between them that breaks.
class TunnelTest {
  private static final byte[] HELLO = {(byte) 0x81, 2, 'h', 'i'};

  private final Vertx vertx = Vertx.vertx();
  private final List<NetSocket> met = new ArrayList<>();
  private final CompletableFuture<Tunnel.End> end = new CompletableFuture<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static final class Broken implements Ear {
    @Override
    public void begins() {
      throw new IllegalStateException("deaf");
    }

    @Override
    public void hears(Buffer bytes, int from, int to) {}

    @Override
    public void ends() {}
  }

  /// Both connections belong to one event loop: that of the server.
  private void meet(NetSocket socket) {
    met.add(socket.pause());
    if (met.size() == 2) {
      var provider = Frames.ofServer(1024, UnaryOperator.identity(), new Broken());
      var tunnel =
          new Tunnel(
              Side.ofClient(met.getFirst(), Frames.ofClient(1024), () -> {}),
              Side.ofProvider(met.getLast(), met.getLast(), provider, () -> {}),
              new Tunnel.Patience(Duration.ofMinutes(5), Duration.ofMinutes(5)),
              new Wheel(vertx),
              new SplittableRandom(7));
      tunnel.carry().onComplete(end::complete, end::completeExceptionally);
    }
  }

  @Test
  @DisplayName("F74 what breaks at a piece ends both sides, and is told to whoever joined them")
  void a_piece_that_breaks() throws Exception {
    var server = vertx.createNetServer().connectHandler(this::meet).listen(0, "127.0.0.1").await();
    try (var client = Line.to(server.actualPort());
        var provider = Line.to(server.actualPort())) {
      client.say(new byte[] {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0});
      provider.say(HELLO);
      assertThat(client.rest()).as("nothing follows half a frame").isEmpty();
      assertThat(provider.rest()).as("a ping and a farewell").hasSizeGreaterThan(6 + 8);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> end.get(30, TimeUnit.SECONDS))
          .withMessageContaining("deaf");
    }
  }
}
