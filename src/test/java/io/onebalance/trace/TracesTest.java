package io.onebalance.trace;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
  private static final Instant AT = Instant.ofEpochSecond(1_800_000_000L, 123_000_000);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final FakeCollector collector = FakeCollector.start();

  @AfterEach
  void close() {
    collector.close();
  }

  private Traces traces(double share) {
    return new Traces(new Target(collector.url(), Optional.empty(), share));
  }

  private static Entry chat(String id, int status, Entry.How how) {
    return new Entry(
        id,
        AT,
        "key-1",
        new Entry.Asked(Entry.Kind.CHAT, "fast", true),
        new Entry.Served("google-ai-studio", "gemini-2.5-flash", "k2", Entry.Route.DIRECT),
        new Entry.Ending(status, how),
        new Entry.Times(Duration.ofMillis(250), Duration.ofSeconds(2)),
        new Tokens(1000, 400, 100, 200, 50, Tokens.Source.TOLD),
        Optional.of(Money.ofMicros(1_250)),
        List.of(
            attempt("openai", "k1", "limited", 1, 90),
            attempt("google-ai-studio", "k2", "served", 100, 150)),
        2,
        List.of("logprobs", "seed"));
  }

  private static Entry.Attempt attempt(
      String provider, String key, String verdict, int after, int took) {
    return new Entry.Attempt(
        provider, key, verdict, Duration.ofMillis(after), Duration.ofMillis(took));
  }

  @Test
  void a_request_is_a_span_and_each_attempt_one_within_it() {
    try (var traces = traces(1)) {
      traces.heard(List.of(chat("r1", 200, Entry.How.WHOLE)));
    }
    assertThat(collector.heads())
        .singleElement()
        .asString()
        .startsWith("POST /v1/traces ")
        .contains("Content-type=application/x-protobuf");
    assertThat(collector.resource()).containsEntry("service.name", "one-balance");
    var request = span("chat fast");
    assertThat(request.kind()).isEqualTo(2);
    assertThat(request.parent()).isEmpty();
    assertThat(request.start()).isEqualTo(SECONDS.toNanos(1_800_000_000L) + 123_000_000);
    assertThat(request.end() - request.start()).isEqualTo(SECONDS.toNanos(2));
    assertThat(request.status()).isZero();
    assertThat(request.attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("gen_ai.operation.name", "chat"),
                Map.entry("gen_ai.request.model", "fast"),
                Map.entry("gen_ai.request.stream", "true"),
                Map.entry("gen_ai.provider.name", "gcp.gemini"),
                Map.entry("gen_ai.system", "gcp.gemini"),
                Map.entry("gen_ai.response.model", "gemini-2.5-flash"),
                Map.entry("gen_ai.response.time_to_first_chunk", "0.25"),
                Map.entry("gen_ai.usage.input_tokens", "1000"),
                Map.entry("gen_ai.usage.output_tokens", "200"),
                Map.entry("gen_ai.usage.cache_read.input_tokens", "400"),
                Map.entry("gen_ai.usage.cache_creation.input_tokens", "100"),
                Map.entry("gen_ai.usage.reasoning.output_tokens", "50"),
                Map.entry("http.response.status_code", "200"),
                Map.entry("onebalance.attempts", "2"),
                Map.entry("onebalance.cost.usd", "0.00125"),
                Map.entry("onebalance.dropped", "[logprobs, seed]"),
                Map.entry("onebalance.ending", "whole"),
                Map.entry("onebalance.gateway_key.id", "key-1"),
                Map.entry("onebalance.key.id", "k2"),
                Map.entry("onebalance.kind", "chat"),
                Map.entry("onebalance.provider", "google-ai-studio"),
                Map.entry("onebalance.request.id", "r1"),
                Map.entry("onebalance.route", "direct"),
                Map.entry("onebalance.tokens.source", "told")));

    var limited = span("attempt openai");
    assertThat(limited.kind()).isEqualTo(3);
    assertThat(limited.trace()).isEqualTo(request.trace());
    assertThat(limited.parent()).isEqualTo(request.id());
    assertThat(limited.start() - request.start()).isEqualTo(1_000_000);
    assertThat(limited.end() - limited.start()).isEqualTo(90_000_000);
    assertThat(limited.status()).isEqualTo(2);
    assertThat(limited.attributes())
        .containsEntry("onebalance.verdict", "limited")
        .containsEntry("onebalance.key.id", "k1")
        .containsEntry("error.type", "limited");
    var served = span("attempt google-ai-studio");
    assertThat(served.parent()).isEqualTo(request.id());
    assertThat(served.status()).isZero();
    assertThat(served.attributes())
        .containsEntry("onebalance.verdict", "served")
        .doesNotContainKey("error.type");
  }

  @ParameterizedTest
  @CsvSource({
    "200, WHOLE, 0, ",
    "429, WHOLE, 0, 429",
    "503, WHOLE, 2, 503",
    "200, CUT, 2, cut",
    "0, LEFT, 0, "
  })
  void errors_are_told_as_the_conventions_want_it(
      int status, Entry.How how, long error, String type) {
    try (var traces = traces(1)) {
      traces.heard(List.of(chat("r1", status, how)));
    }
    var request = span("chat fast");
    assertThat(request.status()).isEqualTo(error);
    assertThat(request.attributes().get("error.type")).isEqualTo(type);
  }

  @Test
  void a_request_goes_on_with_the_trace_of_its_client() {
    try (var traces = traces(0)) {
      traces.parents().began("r1", "00-" + TRACE + "-" + SPAN + "-01");
      traces.heard(List.of(chat("r1", 200, Entry.How.WHOLE)));
    }
    assertThat(span("chat fast").trace()).isEqualTo(TRACE);
    assertThat(span("chat fast").parent()).isEqualTo(SPAN);
    assertThat(collector.spans()).hasSize(3).allMatch(span -> span.trace().equals(TRACE));
  }

  @Test
  void a_client_that_records_nothing_is_believed() {
    try (var traces = traces(1)) {
      traces.parents().began("r1", "00-" + TRACE + "-" + SPAN + "-00");
      traces.heard(List.of(chat("r1", 200, Entry.How.WHOLE)));
    }
    assertThat(collector.heads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-zz"
      })
  void what_is_no_trace_begins_a_new_one(String traceparent) {
    try (var traces = traces(1)) {
      traces.parents().began("r1", traceparent);
      traces.heard(List.of(chat("r1", 200, Entry.How.WHOLE)));
    }
    assertThat(span("chat fast").parent()).isEmpty();
    assertThat(span("chat fast").trace()).isNotEqualTo(TRACE);
  }

  @Test
  void a_share_of_the_traces_is_told_and_each_is_whole() {
    try (var traces = traces(0.25)) {
      traces.heard(
          IntStream.range(0, 2_000).mapToObj(i -> chat("r" + i, 200, Entry.How.WHOLE)).toList());
    }
    var spans = collector.spans();
    var whole = spans.stream().map(FakeCollector.Seen::trace).distinct().count();
    assertThat(whole).isBetween(300L, 700L);
    assertThat(spans).hasSize((int) whole * 3);
  }

  @Test
  void the_collector_sees_the_fields_it_wants_and_its_own_path_is_kept() {
    var headers = Optional.of(new Secret("authorization=Basic YWJj, x-scope-orgid = 7"));
    try (var traces = new Traces(new Target(collector.url() + "/otlp/in", headers, 1))) {
      traces.heard(List.of(chat("r1", 200, Entry.How.WHOLE)));
    }
    assertThat(collector.heads())
        .singleElement()
        .asString()
        .startsWith("POST /otlp/in ")
        .contains("Authorization=Basic YWJj", "X-scope-orgid=7");
  }

  @Test
  void a_collector_that_refuses_costs_nothing_but_the_traces() {
    collector.answers(400);
    try (var traces = traces(1)) {
      traces.heard(List.of(chat("r1", 200, Entry.How.WHOLE)));
    }
    assertThat(collector.heads()).isNotEmpty();
    assertThat(collector.spans()).isEmpty();
  }

  private FakeCollector.Seen span(String name) {
    return collector.spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
