package io.onebalance.relay.ask.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Wheel;
import io.onebalance.wire.BareServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StartTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = vertx.createHttpClient();
  private final AtomicReference<Runnable> turn = new AtomicReference<>(() -> {});
  private final AtomicBoolean atRest = new AtomicBoolean();
  private final Wheel wheel =
      new Wheel((_, turning) -> {
        turn.set(turning);
        return () -> atRest.set(true);
      });
  private final BareServer upstream =
      new BareServer(line -> {
        line.hear();
        line.say("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello");
      });

  @AfterEach
  void close() {
    vertx.close().await();
    upstream.close();
  }

  private Future<Start.Read> read(Start.Look look) {
    return http.request(HttpMethod.GET, upstream.port(), "127.0.0.1", "/any")
        .compose(HttpClientRequest::send)
        .compose(response -> {
          response.pause();
          return Start.of(response, look, Duration.ofMinutes(2), wheel, new Departure());
        });
  }

  private static Start.Read got(Future<Start.Read> read) throws Exception {
    return read.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void an_answer_is_read_as_far_as_somebody_looks() throws Exception {
    assertThat(got(read((_, soFar) -> soFar.length() == 5))).isInstanceOf(Start.Read.Enough.class);
    assertThat(got(read((_, _) -> false))).isInstanceOf(Start.Read.Whole.class);
  }

  @Test
  @DisplayName("F74 where the look at an answer breaks, that is told at once, and no alarm is left")
  void a_look_that_breaks() {
    Start.Look breaks =
        (_, _) -> {
          throw new IllegalStateException("the look breaks");
        };
    assertThatThrownBy(() -> got(read(breaks)))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("the look breaks");
    turn.get().run();
    assertThat(atRest).isTrue();
  }
}
