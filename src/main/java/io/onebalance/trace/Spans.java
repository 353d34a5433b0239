package io.onebalance.trace;

import io.onebalance.ledger.Entry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A span for each request, and in it one for each key that was asked. What the collector takes too
/// slowly is dropped. One thread at a time tells of entries.
final class Spans implements AutoCloseable {
  /// So many spans wait for the collector; entries come in lots of up to twenty thousand.
  private static final int MOST_WAITING = 65_536;

  private static final int AT_ONCE = 512;
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final long FAREWELL_SECONDS = 5;

  private static final TextMapGetter<String> PARENT = new Only();

  private final Parents parents;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  Spans(Target target, Parents parents) {
    this.parents = parents;
    var waiting =
        BatchSpanProcessor.builder(Collector.at(target))
            .setMaxQueueSize(MOST_WAITING)
            .setMaxExportBatchSize(AT_ONCE)
            .setScheduleDelay(PACE)
            .build();
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.builder()
                    .putAll(Resource.getDefault())
                    .put("service.name", "one-balance")
                    .build())
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(target.share())))
            .addSpanProcessor(waiting)
            .build();
    this.tracer = provider.get("io.onebalance");
  }

  /// Makes spans of what happened.
  void heard(List<Entry> entries) {
    entries.forEach(this::tell);
  }

  private void tell(Entry entry) {
    var span =
        tracer
            .spanBuilder(Words.name(entry))
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent(entry))
            .setStartTimestamp(entry.at())
            .startSpan();
    if (span.isRecording()) {
      span.setAllAttributes(Words.of(entry));
      if (Words.isFault(entry.ending())) {
        span.setStatus(StatusCode.ERROR);
      }
      var within = Context.root().with(span);
      entry.attempts().forEach(attempt -> tell(attempt, entry.at(), within));
    }
    span.end(entry.at().plus(entry.times().total()));
  }

  private void tell(Entry.Attempt attempt, Instant began, Context within) {
    var span = attempt(attempt, began.plus(attempt.after()), within);
    if (Words.isFault(attempt)) {
      span.setStatus(StatusCode.ERROR, attempt.verdict());
    }
    span.end(began.plus(attempt.after()).plus(attempt.took()));
  }

  private Span attempt(Entry.Attempt attempt, Instant at, Context within) {
    return tracer
        .spanBuilder("attempt " + attempt.provider())
        .setSpanKind(SpanKind.CLIENT)
        .setParent(within)
        .setStartTimestamp(at)
        .setAllAttributes(Words.of(attempt))
        .startSpan();
  }

  private Context parent(Entry entry) {
    var told = parents.take(entry.requestId());
    return told.isEmpty()
        ? Context.root()
        : W3CTraceContextPropagator.getInstance().extract(Context.root(), told, PARENT);
  }

  /// Sends what waits, unless that takes too long.
  @Override
  public void close() {
    provider.shutdown().join(FAREWELL_SECONDS, TimeUnit.SECONDS);
  }

  /// Fields of which there is only `traceparent`.
  private static final class Only implements TextMapGetter<String> {
    private static final String NAME = "traceparent";

    @Override
    public Iterable<String> keys(String told) {
      return List.of(NAME);
    }

    @Override
    public @Nullable String get(@Nullable String told, String name) {
      return name.equals(NAME) ? told : null;
    }
  }
}
