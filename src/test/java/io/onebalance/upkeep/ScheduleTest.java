package io.onebalance.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 * * *      | 2026-11-21T23:59:59Z | 2026-11-22T00:00:00Z | true
          0 0 * * *      | 2026-11-22T00:00:00Z | 2026-11-22T23:59:59Z | false
          0 0 * * *      | 2026-11-20T12:00:00Z | 2026-11-22T12:00:00Z | true
          30 4 * * *     | 2026-11-21T04:29:10Z | 2026-11-21T04:29:50Z | false
          30 4 * * *     | 2026-11-21T04:29:50Z | 2026-11-21T04:30:10Z | true
          */15 * * * *   | 2026-11-21T04:31:00Z | 2026-11-21T04:44:59Z | false
          */15 * * * *   | 2026-11-21T04:31:00Z | 2026-11-21T04:45:00Z | true
          5/20 * * * *   | 2026-11-21T04:26:00Z | 2026-11-21T04:44:00Z | false
          5/20 * * * *   | 2026-11-21T04:26:00Z | 2026-11-21T04:45:00Z | true
          0 8-10,20 * * * | 2026-11-21T09:30:00Z | 2026-11-21T10:00:00Z | true
          0 8-10,20 * * * | 2026-11-21T10:30:00Z | 2026-11-21T19:59:00Z | false
          0 0 29 2 *     | 2028-02-28T23:00:00Z | 2028-02-29T00:00:00Z | true
          0 0 * * 7      | 2026-11-21T23:00:00Z | 2026-11-22T00:00:00Z | true
          0 0 * * 0      | 2026-11-21T23:00:00Z | 2026-11-22T00:00:00Z | true
          0 0 * * 1-5    | 2026-11-21T23:00:00Z | 2026-11-22T00:00:00Z | false
          0 0 22 * 1     | 2026-11-21T23:00:00Z | 2026-11-22T00:00:00Z | true
          0 0 1 * 0      | 2026-11-21T23:00:00Z | 2026-11-22T00:00:00Z | true
          0 0 1 * 1      | 2026-11-21T23:00:00Z | 2026-11-22T00:00:00Z | false
          0 0 * 12 *     | 2026-11-21T23:00:00Z | 2026-11-22T00:00:00Z | false
          0 0 * * *      | 2026-11-22T12:00:00Z | 2026-11-21T12:00:00Z | false
          """)
  void a_time_falls_between_two_checks_or_not(
      String schedule, Instant from, Instant to, boolean falls) {
    assertThat(Schedule.of(schedule).falls(from, to)).isEqualTo(falls);
  }

  @Test
  void what_has_no_five_fields_is_refused() {
    assertThatThrownBy(() -> Schedule.of("@daily"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("five fields");
  }
}
