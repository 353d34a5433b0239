package io.onebalance.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String THEN =
      """
      # TYPE onebalance_requests_total counter
      onebalance_requests_total{provider="groq",model="a\\"b",kind="chat",status="200"} 100
      onebalance_requests_total{provider="groq",model="x",kind="chat",status="429"} 3
      onebalance_requests_total{provider="openai",model="x",kind="chat",status="0"} 1
      onebalance_tokens_total{provider="groq",model="x",kind="input"} 1e3
      onebalance_tokens_total{provider="groq",model="x",kind="cached"} 900.0
      onebalance_keys{provider="groq",state="ready"} 1200
      onebalance_keys{provider="groq",state="blocked"} 2
      onebalance_requests_under_way 7
      onebalance_cost_dollars_total{provider="groq",model="x"} 0.25
      jvm_memory_used_bytes 5
      """;

  private static Look look(Instant at, String text) {
    return Look.read(at, text);
  }

  @Test
  void one_look_tells_what_was_counted_since_the_start() {
    assertThat(new Frame(look(NOON, THEN), Optional.empty()).text().lines())
        .containsExactly(
            "under way 7, waiting 0, streams 0, journal 0.0 MiB, $0.2500 since the start",
            "",
            "PROVIDER  REQUESTS  ERRORS  TOKENS  BUSY  READY  COOLING  ASIDE  BLOCKED",
            "groq           103       3   1,000     0  1,200        0      0        2",
            "openai           1       0       0     0      0        0      0        0",
            "all            104       3   1,000     0  1,200        0      0        2");
  }

  @Test
  void two_looks_tell_what_is_counted_a_second() {
    var now = THEN.replace("} 100\n", "} 150\n").replace("1e3", "2000");
    var frame = new Frame(look(NOON.plusSeconds(2), now), Optional.of(look(NOON, THEN)));
    assertThat(frame.text()).contains("REQ/S", "groq       25.0    0.0     500.0");
  }

  @Test
  void after_a_restart_of_the_server_nothing_is_negative() {
    var frame = new Frame(look(NOON.plusSeconds(2), ""), Optional.of(look(NOON, THEN)));
    assertThat(frame.text()).doesNotContain("-");
  }
}
