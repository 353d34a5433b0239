package io.onebalance.program.tell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Sets up the log: one line an event, to the standard output. Logback finds this by its service
/// file and asks it before the first line; where somebody names a `logback.configurationFile`, that
/// file decides instead. It is no XML file because reading one takes a twentieth of a start's CPU.
///
/// System properties: `log.format` (text or json), `log.level`, and `log.libraries` for the level
/// of libraries, which speak up only when something is wrong.
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogLines extends ContextAwareBase implements Configurator {
  private static final String OWN_FILE = "logback.configurationFile";
  private static final String TEXT =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n%rEx{full}";

  /// So many lines wait at most; what comes then is dropped and counted.
  private static final int QUEUE = 8192;

  private final Function<String, @Nullable String> properties;

  /// For Logback.
  public LogLines() {
    this(System::getProperty);
  }

  LogLines(Function<String, @Nullable String> properties) {
    this.properties = properties;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (properties.apply(OWN_FILE) != null) {
      return ExecutionStatus.NEUTRAL;
    }
    var libraries = context.getLogger(Logger.ROOT_LOGGER_NAME);
    libraries.setLevel(level("log.libraries", Level.WARN));
    libraries.addAppender(lossy(context));
    context.getLogger("io.onebalance").setLevel(level("log.level", Level.INFO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// A full disk or a pipe that nobody reads must not hold a request up (F75).
  private LossyAppender lossy(LoggerContext context) {
    var lossy = new LossyAppender();
    lossy.setContext(context);
    lossy.setName("lossy");
    lossy.setQueueSize(QUEUE);
    lossy.addAppender(lines(context));
    lossy.start();
    return lossy;
  }

  private ConsoleAppender<ILoggingEvent> lines(LoggerContext context) {
    var lines = new ConsoleAppender<ILoggingEvent>();
    lines.setContext(context);
    lines.setName("lines");
    lines.setEncoder(encoder(context));
    lines.start();
    return lines;
  }

  private Encoder<ILoggingEvent> encoder(LoggerContext context) {
    var encoder = "json".equals(properties.apply("log.format")) ? new JsonEncoder() : text();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> text() {
    var text = new PatternLayoutEncoder();
    text.setPattern(TEXT);
    return text;
  }

  private Level level(String property, Level usual) {
    return Level.toLevel(Objects.requireNonNullElse(properties.apply(property), ""), usual);
  }
}
