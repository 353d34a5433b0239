package io.onebalance.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Metrics as text, and the content type that says in which format.
public record Exposition(String type, byte[] text) {
  private static final ExpositionFormatWriter PROMETHEUS = PrometheusTextFormatWriter.create();
  private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();

  /// In OpenMetrics for those whose `accept` field names it, in Prometheus' own format for all
  /// others.
  public static Exposition of(List<MetricSnapshot> metrics, String accept) {
    var writer = OPEN_METRICS.accepts(accept) ? OPEN_METRICS : PROMETHEUS;
    var text = new ByteArrayOutputStream();
    try {
      writer.write(text, new MetricSnapshots(metrics));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Exposition(writer.getContentType(), text.toByteArray());
  }
}
