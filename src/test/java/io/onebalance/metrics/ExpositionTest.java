package io.onebalance.metrics;

import static io.onebalance.metrics.ExpositionText.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void the_text_is_what_prometheus_defines() {
    var told = ExpositionText.parse(Everything.text(Everything.PROMETHEUS));
    assertThat(value(told, "onebalance_keys", "provider", "openai", "state", "set_aside"))
        .isEqualTo(1);
    assertThat(value(told, "onebalance_attempts_under_way", "provider", "openai")).isEqualTo(4);
    assertThat(value(told, "onebalance_quota_remaining", "provider", "openai", "limit", "tokens"))
        .isEqualTo(90_000);
    assertThat(value(told, "onebalance_requests_under_way")).isEqualTo(7);
    assertThat(value(told, "onebalance_requests_waiting")).isEqualTo(2);
    assertThat(value(told, "onebalance_streams_open", "kind", "answer")).isEqualTo(3);
    assertThat(value(told, "onebalance_streams_open", "kind", "socket")).isEqualTo(1);
    assertThat(value(told, "onebalance_event_loop_delay_seconds")).isEqualTo(0.00015);
    assertThat(value(told, "jvm_memory_used_bytes", "area", "heap")).isPositive();
    assertThat(value(told, "process_start_time_seconds")).isGreaterThan(1e9);
    assertThat(told.keySet())
        .allMatch(name -> name.matches("(onebalance|jvm|process)_.*"))
        .contains("jvm_gc_collection_seconds", "jvm_runtime_info", "jvm_threads_current");
  }

  @Test
  void promtool_finds_nothing_to_say() {
    var run = Tool.run(Everything.text(Everything.PROMETHEUS), "promtool", "check", "metrics");
    assertThat(run.said()).isEmpty();
    assertThat(run.code()).isZero();
  }

  @Test
  void open_metrics_is_told_to_those_who_ask_for_it() {
    assertThat(Exposition.of(List.of(), "application/openmetrics-text").type())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(Exposition.of(List.of(), "text/plain;version=0.0.4, */*;q=0.1").type())
        .startsWith("text/plain; version=0.0.4");
    assertThat(Everything.text(Everything.OPEN_METRICS))
        .endsWith("# EOF\n")
        .contains("# TYPE onebalance_requests counter\n", "# TYPE jvm_runtime info\n")
        .contains("\nonebalance_requests_total{");
  }
}
