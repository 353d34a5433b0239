package io.onebalance.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/// A [Moment] as Prometheus reads it.
public final class Gauges {
  private Gauges() {}

  public static List<MetricSnapshot> of(Moment moment) {
    var flow = moment.flow();
    return List.of(
        keys(moment.keys()),
        asked(moment.keys()),
        left(moment.left()),
        one("onebalance_requests_under_way", "Requests that have not ended", flow.requests()),
        one(
            "onebalance_requests_waiting",
            "Requests that wait for a key, or before they ask again",
            flow.resting()),
        streams(flow),
        one(
            "onebalance_event_loop_delay_seconds",
            "How long the busiest event loop just took to come to something new",
            flow.loopDelay().toNanos() / 1e9),
        one(
            "onebalance_journal_waiting_bytes",
            "What the ledger's journal holds that is not in the tables yet",
            moment.ledger().waiting()),
        count(
            "onebalance_unlogged_requests",
            "Requests that were counted, but are not in the request log: there were too many",
            moment.ledger().unlogged()),
        count(
            "onebalance_dropped_log_lines",
            "Log lines that were dropped: the log could not be written fast enough",
            moment.unheard()));
  }

  private static MetricSnapshot count(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value((double) value).build())
        .build();
  }

  private static MetricSnapshot keys(List<Moment.Keys> keys) {
    var gauge = gauge("onebalance_keys", "Keys by their state");
    for (var of : keys) {
      gauge.dataPoint(state(of, "ready", of.ready()));
      gauge.dataPoint(state(of, "cooling", of.cooling()));
      gauge.dataPoint(state(of, "set_aside", of.setAside()));
      gauge.dataPoint(state(of, "blocked", of.blocked()));
    }
    return gauge.build();
  }

  private static GaugeDataPointSnapshot state(Moment.Keys of, String state, long count) {
    return point(Labels.of("provider", of.provider(), "state", state), count);
  }

  private static MetricSnapshot asked(List<Moment.Keys> keys) {
    var gauge = gauge("onebalance_attempts_under_way", "Requests that a key is busy with");
    keys.forEach(of -> gauge.dataPoint(point(Labels.of("provider", of.provider()), of.asked())));
    return gauge.build();
  }

  private static MetricSnapshot left(List<Moment.Left> left) {
    var gauge =
        gauge(
            "onebalance_quota_remaining",
            "What providers last said is left: the least of each key's models, of all keys");
    for (var of : left) {
      var labels = Labels.of("provider", of.provider(), "limit", of.limit());
      gauge.dataPoint(point(labels, of.amount()));
    }
    return gauge.build();
  }

  private static MetricSnapshot streams(Moment.Flow flow) {
    return gauge("onebalance_streams_open", "Answers that are being passed on, and WebSockets")
        .dataPoint(point(Labels.of("kind", "answer"), flow.answers()))
        .dataPoint(point(Labels.of("kind", "socket"), flow.sockets()))
        .build();
  }

  static MetricSnapshot one(String name, String help, double value) {
    return gauge(name, help).dataPoint(point(Labels.EMPTY, value)).build();
  }

  static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  /// Whole numbers are exact up to 2^53, far beyond what is seen here.
  static GaugeDataPointSnapshot point(Labels labels, long value) {
    return point(labels, (double) value);
  }

  static MetricSnapshot one(String name, String help, long value) {
    return one(name, help, (double) value);
  }
}
