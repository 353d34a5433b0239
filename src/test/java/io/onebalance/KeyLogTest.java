package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.onebalance.key.event.Cause;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.event.KeyEvent.Activated;
import io.onebalance.key.event.KeyEvent.Blocked;
import io.onebalance.key.event.KeyEvent.Change;
import io.onebalance.key.event.KeyEvent.Fellows;
import io.onebalance.key.event.KeyEvent.Released;
import io.onebalance.key.event.KeyEvent.Rests;
import io.onebalance.key.event.KeyEvent.Returned;
import io.onebalance.key.event.KeyEvent.SetAside;
import io.onebalance.program.tell.KeyLog;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Lines of the log about keys.
class KeyLogTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Logger logger = (Logger) LoggerFactory.getLogger(KeyLog.class);
  private final Kept kept = new Kept();

  @BeforeEach
  void listen() {
    kept.setContext(logger.getLoggerContext());
    kept.start();
    logger.addAppender(kept);
    logger.setLevel(Level.DEBUG);
  }

  @AfterEach
  void hushAgain() {
    logger.detachAppender(kept);
    logger.setLevel(null);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        line(new Blocked("invalid_api_key", false), Level.WARN, "is blocked: invalid_api_key"),
        line(new Blocked("401", true), Level.WARN, "was at fault and is blocked: 401"),
        line(
            new SetAside(),
            Level.DEBUG,
            "is set aside until it is known whether it or the request errs"),
        line(new Released(), Level.DEBUG, "was not at fault and is in use again"),
        line(new Activated(), Level.INFO, "is in use again"),
        line(
            new Rests("*", NOON, Duration.ofHours(2), "no credit", new Fellows("a", 3)),
            Level.INFO,
            "rests until 2026-11-21T12:00:00Z: no credit, and so do 3 others of its account"),
        line(
            new Rests("gpt-4o", NOON, Duration.ofMinutes(1), "limit", Fellows.NONE),
            Level.DEBUG,
            "rests for gpt-4o until 2026-11-21T12:00:00Z: limit"),
        line(new Returned("gpt-4o", Duration.ofDays(1)), Level.INFO, "is in use again for gpt-4o"),
        line(new Returned("*", Duration.ofSeconds(9)), Level.DEBUG, "is in use again"));
  }

  private static Arguments line(Change change, Level level, String words) {
    return Arguments.of(change, level, words);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void each_event_has_its_words(Change change, Level level, String words) {
    new KeyLog().accept(event(new Cause.Request("r-1"), change));
    new KeyLog().accept(event(new Cause.Order(), change));
    assertThat(kept.events).extracting(ILoggingEvent::getLevel).containsExactly(level, level);
    assertThat(kept.events)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("openai key k-1 " + words + " (request r-1)", "openai key k-1 " + words);
  }

  private static KeyEvent event(Cause cause, Change change) {
    return new KeyEvent(NOON, "openai", "k-1", cause, change);
  }

  @Test
  void what_another_instance_learnt_is_for_its_own_log() {
    new KeyLog().accept(event(new Cause.Elsewhere(), new Blocked("revoked", false)));
    assertThat(kept.events)
        .singleElement()
        .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.DEBUG))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEqualTo("openai key k-1 is blocked: revoked (another instance learnt it)");
  }

  @Test
  void json_has_provider_key_and_request_as_values() {
    new KeyLog().accept(event(new Cause.Request("r-1"), new Blocked("revoked", false)));
    var encoder = new JsonEncoder();
    encoder.setContext(logger.getLoggerContext());
    encoder.start();
    var json = JsonMapper.shared().readTree(encoder.encode(kept.events.getFirst()));
    assertThat(json.get("level").asString()).isEqualTo("WARN");
    assertThat(json.get("kvpList").toString())
        .isEqualTo("[{\"provider\":\"openai\"},{\"key\":\"k-1\"},{\"request\":\"r-1\"}]");
  }

  @Test
  void a_blocked_key_is_logged_with_the_request_that_found_out(@TempDir Path dir) {
    try (var house = Running.in(dir).keys("openai", "sk-proj-dead-CANARYaaaaaaaaaaaaaaaaaaaa")) {
      house.script.key(
          "sk-proj-dead-CANARYaaaaaaaaaaaaaaaaaaaa", Fault.refuses(Complaint.Plain.INVALID_KEY));
      var answer =
          house.post("/v1/chat/completions", "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[]}");
      var request = answer.headers().firstValue("x-one-balance-request-id").orElseThrow();
      assertThat(kept.events)
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .startsWith("openai key ")
          .contains("is blocked: ")
          .endsWith(" (request " + request + ")")
          .doesNotContain("CANARY");
    }
  }

  /// Events as they came.
  private static final class Kept extends AppenderBase<ILoggingEvent> {
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      event.prepareForDeferredProcessing();
      events.add(event);
    }
  }
}
