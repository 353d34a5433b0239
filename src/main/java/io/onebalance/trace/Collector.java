package io.onebalance.trace;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// Sends spans to a collector, and says in the log when that begins to fail and when it works
/// again, not each time. Thread-safe.
final class Collector implements SpanExporter {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Collector.class);

  /// The library's own words would go past the log, in another form. Held, as the JDK forgets
  /// loggers that nobody holds.
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private final SpanExporter exporter;
  private final String url;
  private final AtomicBoolean failing = new AtomicBoolean();

  private Collector(SpanExporter exporter, String url) {
    this.exporter = exporter;
    this.url = url;
  }

  static Collector at(Target target) {
    LIBRARY.setLevel(Level.OFF);
    var exporter = OtlpHttpSpanExporter.builder().setEndpoint(target.url());
    target.fields().forEach(exporter::addHeader);
    return new Collector(exporter.build(), target.url());
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    var sent = exporter.export(spans);
    return sent.whenComplete(() -> tell(sent.isSuccess()));
  }

  private void tell(boolean worked) {
    if (failing.getAndSet(!worked) == worked) {
      if (worked) {
        LOG.info("traces reach {} again", url);
      } else {
        LOG.warn("traces do not reach {}; they are dropped until they do", url);
      }
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
