package io.onebalance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Going away without breaking anything off.
class DrainTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final House house = new House();
  private final CompletableFuture<Runnable> last = new CompletableFuture<>();

  @AfterEach
  void close() {
    house.close();
  }

  private void open() {
    house.relay =
        Optional.of(request -> {
          var response = request.response().setChunked(true);
          var end = House.onItsLoop(() -> response.end("last"));
          response.write("first ").onSuccess(_ -> last.complete(end));
        });
    house.open();
  }

  @Test
  @DisplayName("P15 whoever leaves is not ready from that moment on")
  void is_not_ready_at_once() throws IOException {
    open();
    house.health.leave();
    try (var line = house.line()) {
      var answer = line.say("GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n").hear();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text()).contains("draining");
    }
  }

  @Test
  @DisplayName("P15, F69 streams finish, new connections are refused")
  void lets_streams_finish() throws Exception {
    open();
    try (var line = house.line()) {
      line.say("GET /stream HTTP/1.1\r\nhost: x\r\n\r\n");
      var end = last.get(30, TimeUnit.SECONDS);
      var drained = house.listener().drain(LONG).toCompletionStage().toCompletableFuture();
      untilRefused();
      assertThat(drained).isNotDone();
      end.run();
      var answer = line.hear();
      assertThat(answer.text()).isEqualTo("first last");
      assertThat(answer.whole()).isTrue();
      drained.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  @DisplayName("P15 idle connections end at once")
  void ends_idle_connections() throws Exception {
    open();
    try (var line = house.line()) {
      line.say("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").hear();
      house
          .listener()
          .drain(LONG)
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
      assertThat(line.untilClosed()).isZero();
    }
  }

  @Test
  @DisplayName("F70 what still runs at the limit is broken off, never ended cleanly")
  void breaks_off_at_the_limit() throws Exception {
    open();
    try (var line = house.line()) {
      line.say("GET /stream HTTP/1.1\r\nhost: x\r\n\r\n");
      last.get(30, TimeUnit.SECONDS);
      house.listener().drain(Duration.ofMillis(100));
      assertThat(line.hear().whole()).isFalse();
    }
  }

  private void untilRefused() {
    assertThatThrownBy(
            () -> {
              while (true) {
                house.line().close();
              }
            })
        .isInstanceOf(IOException.class);
  }
}
