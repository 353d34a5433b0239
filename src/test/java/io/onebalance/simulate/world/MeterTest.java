package io.onebalance.simulate.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.simulate.scenario.Limit;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeterTest {
  @Test
  void a_rolling_window_forgets_to_the_millisecond() {
    var meter = new RollingMeter(60_000);
    meter.spend(3, 1000);
    meter.spend(4, 2000);
    assertThat(meter.spent(60_999)).isEqualTo(7);
    assertThat(meter.spent(61_000)).isEqualTo(4);
    assertThat(meter.freedAt(2, 61_000)).isEqualTo(62_000);
    assertThat(meter.spent(62_000)).isZero();
  }

  @Test
  void a_rolling_window_counts_as_a_list_of_all_spending_does() {
    var chance = new SplittableRandom(1);
    var meter = new RollingMeter(1000);
    var all = new ArrayList<long[]>();
    for (var now = 0L; now < 20_000; now += chance.nextLong(40)) {
      var amount = chance.nextLong(5);
      meter.spend(amount, now);
      all.add(new long[] {now, amount});
      var from = now - 1000;
      var expected = all.stream().filter(one -> one[0] > from).mapToLong(one -> one[1]).sum();
      assertThat(meter.spent(now)).isEqualTo(expected);
    }
  }

  @Test
  void a_minute_of_the_clock_begins_anew_with_it() {
    var meter = new ClockMeter(Limit.Span.MINUTE, ZoneOffset.UTC);
    meter.spend(5, 59_999);
    assertThat(meter.spent(59_999)).isEqualTo(5);
    assertThat(meter.freedAt(1, 59_999)).isEqualTo(60_000);
    assertThat(meter.spent(60_000)).isZero();
  }

  @Test
  void a_day_begins_anew_at_midnight_of_its_zone_also_when_the_clock_is_changed() {
    var meter = new ClockMeter(Limit.Span.DAY, ZoneId.of("America/Los_Angeles"));
    var before = Instant.parse("2026-03-08T07:59:59Z").toEpochMilli();
    meter.spend(1, before);
    assertThat(meter.freedAt(1, before))
        .isEqualTo(Instant.parse("2026-03-08T08:00:00Z").toEpochMilli());
    var after = Instant.parse("2026-03-08T08:00:00Z").toEpochMilli();
    assertThat(meter.spent(after)).isZero();
    assertThat(meter.freedAt(1, after))
        .isEqualTo(Instant.parse("2026-03-09T07:00:00Z").toEpochMilli());
  }

  @Test
  void what_runs_is_given_back_when_it_ends() {
    var meter = new RunningMeter();
    meter.spend(1, 0);
    meter.spend(1, 0);
    meter.end();
    assertThat(meter.spent(1)).isEqualTo(1);
  }
}
