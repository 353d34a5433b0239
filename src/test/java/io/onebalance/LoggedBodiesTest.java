package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What `log.bodies` writes, through the whole program.
class LoggedBodiesTest {
  private static final String KEY = "no+usual/shape-CANARYdddddddddddd4";
  private static final String PATH = "/api/openai/v1/chat/completions";

  @TempDir Path dir;
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.onebalance.relay.exchange");
  private final Kept log = new Kept();

  @BeforeEach
  void listen() {
    log.setContext(ours.getLoggerContext());
    log.start();
    ours.addAppender(log);
  }

  @AfterEach
  void hushAgain() {
    ours.detachAppender(log);
  }

  private static Fault says(int status, String body) {
    return new Fault.Says(
        status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("S1 prompts and answers are a line each, without the key that an answer repeats")
  void bodies_are_logged() {
    try (var house = Running.in(dir, "log: {bodies: true}\n").keys("openai", KEY)) {
      house.script.play(Match.ALL, says(200, "{\"a\":\"é\n\u0007 " + KEY + "\"}"));
      var prompt = "{\"model\":\"gpt-4o-mini\",\n \"messages\":[]}";
      var answer = house.post(PATH, prompt);
      assertThat(answer.statusCode()).isEqualTo(200);
      var id = answer.headers().firstValue("x-one-balance-request-id").orElseThrow();
      assertThat(log.next())
          .isEqualTo("request " + id + " asks: {\"model\":\"gpt-4o-mini\",\\n \"messages\":[]}");
      assertThat(log.next())
          .isEqualTo("request " + id + " is answered: {\"a\":\"é\\n\\u0007 [redacted]\"}");

      house.script.play(Match.ALL, says(400, "{\"error\":{\"message\":\"why " + KEY + "\"}}"));
      assertThat(house.post(PATH, prompt).statusCode()).isEqualTo(400);
      assertThat(log.next()).contains(" asks: ");
      assertThat(log.next()).contains("why [redacted]").doesNotContain("CANARY");

      house.script.play(Match.ALL, says(200, "\"" + "x".repeat(20_000) + "\""));
      assertThat(house.post(PATH, prompt).statusCode()).isEqualTo(200);
      assertThat(log.next()).contains(" asks: ");
      assertThat(log.next()).endsWith("xxx … 20002 bytes in all").hasSizeLessThan(17_000);

      house.script.play(
          Match.ALL,
          new Fault.Says(200, Map.of("content-type", "audio/mpeg"), new byte[] {-1, -5, 0, 7}));
      assertThat(house.post(PATH, prompt).statusCode()).isEqualTo(200);
      assertThat(log.next()).contains(" asks: ");
      assertThat(log.next()).endsWith(" is answered: 4 bytes that are no text");
    }
  }

  @Test
  void bodies_are_not_logged_unless_somebody_says_so() {
    try (var house = Running.in(dir).keys("openai", KEY)) {
      assertThat(house.post(PATH, "{\"model\":\"gpt-4o-mini\",\"messages\":[]}").statusCode())
          .isEqualTo(200);
      assertThat(log.lines).isEmpty();
    }
  }

  private static final class Kept extends AppenderBase<ILoggingEvent> {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
    }

    /// The next line; a client may have all of its answer before there is one.
    String next() {
      try {
        return Objects.requireNonNull(lines.poll(60, TimeUnit.SECONDS), "no line was logged");
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }
}
