package io.onebalance;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/// Every line that is logged during a test, with all that a format could write of it: arguments,
/// context, pairs and the exceptions behind it. What is the program's own is logged to the last.
public final class AllLogged implements BeforeEachCallback, AfterEachCallback {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.onebalance");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> keeping =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(text(event));
        }
      };

  public List<String> lines() {
    return lines;
  }

  private static String text(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return event.getFormattedMessage()
        + Arrays.toString(event.getArgumentArray())
        + event.getMDCPropertyMap()
        + event.getKeyValuePairs()
        + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    keeping.setContext(root.getLoggerContext());
    keeping.start();
    root.addAppender(keeping);
    ours.setLevel(Level.TRACE);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    root.detachAppender(keeping);
    ours.setLevel(null);
  }
}
