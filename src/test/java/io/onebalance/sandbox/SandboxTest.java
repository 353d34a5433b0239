package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class SandboxTest {
  private static final Stands STANDS = new Stands();

  @AfterAll
  static void end() {
    STANDS.close();
  }

  @Test
  void any_key_is_welcome_and_hears_its_words_again() throws Exception {
    var answer = STANDS.ask(STANDS.chat("whatever", "echo", false));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("You said: hello", "\"finish_reason\":\"stop\"");
  }

  @Test
  void a_stream_ends_with_done() throws Exception {
    var answer = STANDS.ask(STANDS.chat("whatever", "echo", true));
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    assertThat(answer.body()).startsWith("data: {").endsWith("data: [DONE]\n\n");
  }

  @Test
  void outcomes_come_in_order_and_the_last_one_stays() throws Exception {
    STANDS.script.key("three", Fault.dead(), Fault.limited(Duration.ofSeconds(7)), Fault.well());
    var request = STANDS.chat("three", "echo", false);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(401);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(429);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(200);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(200);
  }
}
