package io.onebalance.relay.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.Way;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GatewayRoadTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Way WAY = Way.Gateway.cloudflare("account", "name", Optional.empty());
  private static final Way OTHER = Way.Gateway.cloudflare("account", "other", Optional.empty());
  private static final Verdict.Astray LIMITED = limited(Duration.ofSeconds(2));

  private final GatewayRoad road = new GatewayRoad();

  @Test
  void rests_as_long_as_it_is_asked_to() {
    assertThat(road.resting(WAY, NOW)).isEmpty();
    road.stopped(WAY, LIMITED, NOW);
    assertThat(left(NOW)).isEqualTo(Duration.ofSeconds(2));
    assertThat(left(NOW.plusSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(road.resting(WAY, NOW.plusSeconds(2))).isEmpty();
  }

  @Test
  void rests_longer_each_time_but_not_for_ever_until_something_passes() {
    var now = NOW;
    for (var expected : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      road.stopped(WAY, LIMITED, now);
      assertThat(left(now)).isEqualTo(Duration.ofSeconds(expected));
      now = now.plusSeconds(expected);
    }
    road.passed(WAY);
    road.stopped(WAY, LIMITED, now);
    assertThat(left(now)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void what_several_requests_hear_at_once_counts_once() {
    road.stopped(WAY, LIMITED, NOW);
    road.stopped(WAY, LIMITED, NOW.plusMillis(5));
    assertThat(left(NOW)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("F25 a rest of days that the gateway names is looked into each minute")
  void a_longer_rest_that_the_gateway_names_is_looked_into() {
    road.stopped(WAY, limited(Duration.ofDays(31)), NOW);
    assertThat(left(NOW)).isEqualTo(Duration.ofMinutes(1));
    var later = NOW.plusSeconds(60);
    assertThat(road.resting(WAY, later)).isEmpty();
    road.stopped(WAY, limited(Duration.ofDays(31)), later);
    assertThat(left(later)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  @DisplayName("F68 after the clock went back, the road does not rest for as long as that")
  void a_clock_that_goes_back_prolongs_nothing() {
    road.stopped(WAY, LIMITED, NOW);
    var before = NOW.minus(Duration.ofHours(1));
    assertThat(road.resting(WAY, before)).isEmpty();
    road.stopped(WAY, LIMITED, before);
    assertThat(left(before)).isLessThanOrEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void does_not_rest_where_waiting_mends_nothing() {
    road.stopped(WAY, new Verdict.Astray("the gateway does not exist (2001)"), NOW);
    assertThat(road.resting(WAY, NOW)).isEmpty();
  }

  @Test
  void another_gateway_begins_anew() {
    road.stopped(WAY, LIMITED, NOW);
    assertThat(road.resting(OTHER, NOW)).isEmpty();
    road.stopped(OTHER, LIMITED, NOW);
    assertThat(road.resting(WAY, NOW)).isEmpty();
  }

  private Duration left(Instant now) {
    return road.resting(WAY, now).orElseThrow().left();
  }

  private static Verdict.Astray limited(Duration rest) {
    return new Verdict.Astray("the gateway's own limit is reached", Optional.of(rest));
  }
}
