package io.onebalance.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.server.watch.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// An answer that says it is the last one of its connection is the last one.
class ClosingTest {
  private static final String UPLOAD =
      "POST /x HTTP/1.1\r\nhost: x\r\ncontent-length: 40000\r\n\r\n";
  private static final String QUESTION = "GET /x HTTP/1.1\r\nhost: x\r\n\r\n";

  private final House house = new House();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void open() {
    var minute = Duration.ofMinutes(1);
    house.patience = new Patience(minute, minute, minute, minute);
    house.relay =
        Optional.of(request -> {
          asked.incrementAndGet();
          var response = request.response().setStatusCode(401);
          if (!request.isEnded()) {
            response.putHeader("connection", "close");
          }
          response.end("no");
        });
    house.open();
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  @DisplayName("a refusal before the body was read ends the connection, and not by a reset")
  void ends_after_a_refusal() throws IOException {
    try (var line = house.line()) {
      line.say(UPLOAD).say("some");
      var answer = line.hear();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.field("connection")).isEqualTo("close");
      line.say("a".repeat(10_000));
      assertThat(line.rest()).isEmpty();
    }
  }

  @Test
  @DisplayName("P15 while it drains, each answer ends its connection")
  void ends_while_it_drains() throws IOException {
    house.health.leave();
    try (var line = house.line()) {
      line.say("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n");
      assertThat(line.hear().field("connection")).isEqualTo("close");
      assertThat(line.rest()).isEmpty();
    }
  }

  @Test
  void what_follows_on_the_connection_is_not_served() throws IOException {
    house.health.leave();
    try (var line = house.line()) {
      line.say(QUESTION + QUESTION + QUESTION);
      assertThat(line.hear().status()).isEqualTo(401);
      assertThat(line.rest()).isEmpty();
    }
  }
}
