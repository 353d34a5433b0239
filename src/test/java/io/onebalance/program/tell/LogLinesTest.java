package io.onebalance.program.tell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class LogLinesTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void prepare() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void logs_what_happens_here_and_of_libraries_only_what_is_wrong() {
    configure(Map.of());

    assertThat(context.getLogger("io.onebalance.any").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(context.getLogger("io.vertx").getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void takes_the_levels_that_the_settings_name() {
    configure(Map.of("log.level", "debug", "log.libraries", "off"));

    assertThat(context.getLogger("io.onebalance.any").getEffectiveLevel()).isEqualTo(Level.DEBUG);
    assertThat(context.getLogger("io.vertx").getEffectiveLevel()).isEqualTo(Level.OFF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text | 1970-01-01T.* INFO  Somewhere: a key rests\\R",
        "json | \\{\"sequenceNumber\":.*\"level\":\"INFO\".*\"message\":\"a key rests\".*\\}\\R"
      })
  void writes_one_line_an_event(String format, String line) {
    configure(Map.of("log.format", format));

    assertThat(new String(lines().getEncoder().encode(event()), UTF_8)).matches(line);
  }

  @Test
  void leaves_the_log_to_a_file_that_somebody_names() {
    var file = Map.of("logback.configurationFile", "/etc/mine.xml");

    assertThat(new LogLines(file::get).configure(context)).isEqualTo(ExecutionStatus.NEUTRAL);
    assertThat(root().iteratorForAppenders()).isExhausted();
  }

  @Test
  void is_found_by_logback() {
    var ours = (LoggerContext) LoggerFactory.getILoggerFactory();

    assertThat(ours.getLogger("ROOT").getAppender("lossy")).isInstanceOf(LossyAppender.class);
  }

  private void configure(Map<String, String> properties) {
    assertThat(new LogLines(properties::get).configure(context))
        .isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
  }

  private ch.qos.logback.classic.Logger root() {
    return context.getLogger("ROOT");
  }

  private ConsoleAppender<ILoggingEvent> lines() {
    var lossy = (AsyncAppender) root().getAppender("lossy");
    return (ConsoleAppender<ILoggingEvent>) lossy.getAppender("lines");
  }

  private LoggingEvent event() {
    var logger = context.getLogger("some.Somewhere");
    var event = new LoggingEvent("", logger, Level.INFO, "a key rests", null, null);
    event.setTimeStamp(0);
    return event;
  }
}
