package io.onebalance.sandbox.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class QuotasTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:30Z");

  private final Quotas quotas = new Quotas();

  private Bill take(Quota quota, Refill refill, long tokens, Instant now) {
    return quotas.take(
        new Quotas.Account("key", "model", quota, refill, WindowLengths.REAL), tokens, now);
  }

  @Test
  void google_gives_all_requests_back_at_the_full_minute() {
    var quota = Quota.perMinute(2);
    assertThat(take(quota, Refill.AT_ONCE, 1, NOON).exceeded()).isEmpty();
    assertThat(take(quota, Refill.AT_ONCE, 1, NOON.plusSeconds(5)).exceeded()).isEmpty();
    var third = take(quota, Refill.AT_ONCE, 1, NOON.plusMillis(9_250)).exceeded().getFirst();
    assertThat(third.untilEnough()).isEqualTo(Duration.ofMillis(20_750));
    var next = take(quota, Refill.AT_ONCE, 1, NOON.plusSeconds(30));
    assertThat(next.meters().getFirst().left()).isEqualTo(1);
  }

  @Test
  void a_day_ends_at_midnight_pacific_in_winter_and_in_summer() {
    record Day(String now, String midnight) {}
    for (var day :
        new Day[] {
          new Day("2026-11-20T12:00:30Z", "2026-11-21T08:00:00Z"),
          new Day("2026-07-01T12:00:00Z", "2026-07-02T07:00:00Z"),
          new Day("2026-03-08T09:30:00Z", "2026-03-09T07:00:00Z"),
          new Day("2026-11-01T08:30:00Z", "2026-11-02T08:00:00Z")
        }) {
      var now = Instant.parse(day.now());
      var each = new Quotas();
      var account =
          new Quotas.Account("key", day.now(), Quota.perDay(1), Refill.AT_ONCE, WindowLengths.REAL);
      each.take(account, 1, now);
      var refused = each.take(account, 1, now).exceeded().getFirst();
      assertThat(now.plus(refused.untilEnough())).isEqualTo(Instant.parse(day.midnight()));
      assertThat(each.take(account, 1, Instant.parse(day.midnight())).exceeded()).isEmpty();
    }
  }

  @Test
  void shortened_windows_end_with_the_clock_and_refusals_tell_when() {
    var shortened = new WindowLengths(Duration.ofSeconds(2), Duration.ofSeconds(60));
    var account = new Quotas.Account("key", "model", new Quota(2, 3, 0), Refill.AT_ONCE, shortened);
    var minute = NOON.plusMillis(500);
    assertThat(quotas.take(account, 1, minute).exceeded()).isEmpty();
    assertThat(quotas.take(account, 1, minute).exceeded()).isEmpty();
    var refused = quotas.take(account, 1, minute).exceeded().getFirst();
    assertThat(refused.dimension()).isEqualTo(Dimension.REQUESTS_PER_MINUTE);
    assertThat(refused.untilEnough()).isEqualTo(Duration.ofMillis(1500));
    assertThat(quotas.take(account, 1, minute.plusMillis(1500)).exceeded()).isEmpty();
    var spent = quotas.take(account, 1, minute.plusMillis(1500)).exceeded().getFirst();
    assertThat(spent.dimension()).isEqualTo(Dimension.REQUESTS_PER_DAY);
    assertThat(spent.untilEnough()).isEqualTo(Duration.ofSeconds(28));
    assertThat(quotas.take(account, 1, NOON.plusSeconds(30)).exceeded()).isEmpty();
  }

  @Test
  void a_shortened_bucket_fills_within_its_length() {
    var shortened = new WindowLengths(Duration.ofSeconds(2), Duration.ofSeconds(60));
    var account =
        new Quotas.Account("key", "model", Quota.perMinute(4), Refill.BIT_BY_BIT, shortened);
    for (var i = 0; i < 4; i++) {
      assertThat(quotas.take(account, 1, NOON).exceeded()).isEmpty();
    }
    var fifth = quotas.take(account, 1, NOON).exceeded().getFirst();
    assertThat(fifth.untilEnough()).isEqualTo(Duration.ofMillis(500));
    assertThat(fifth.untilFull()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void a_bucket_gives_requests_back_one_by_one() {
    var quota = Quota.perMinute(3);
    for (var i = 0; i < 3; i++) {
      assertThat(take(quota, Refill.BIT_BY_BIT, 1, NOON).exceeded()).isEmpty();
    }
    var fourth = take(quota, Refill.BIT_BY_BIT, 1, NOON).exceeded().getFirst();
    assertThat(fourth.untilEnough()).isEqualTo(Duration.ofSeconds(20));
    assertThat(fourth.untilFull()).isEqualTo(Duration.ofMinutes(1));
    var after = NOON.plus(fourth.untilEnough());
    assertThat(take(quota, Refill.BIT_BY_BIT, 1, after).exceeded()).isEmpty();
    assertThat(take(quota, Refill.BIT_BY_BIT, 1, after).exceeded()).hasSize(1);
  }

  @Test
  void a_bucket_never_gives_more_than_its_limit_in_any_hour_of_patience() {
    var quota = Quota.perMinute(7);
    var served = 0;
    for (var second = 0; second < 3_600; second++) {
      served +=
          take(quota, Refill.BIT_BY_BIT, 1, NOON.plusSeconds(second)).exceeded().isEmpty() ? 1 : 0;
    }
    assertThat(served).isBetween(7 * 60, 7 * 61);
  }

  @Test
  void tokens_are_counted_by_what_a_request_brings() {
    var quota = Quota.tokensPerMinute(100);
    assertThat(take(quota, Refill.AT_ONCE, 60, NOON).exceeded()).isEmpty();
    var refused = take(quota, Refill.AT_ONCE, 60, NOON).exceeded().getFirst();
    assertThat(refused.dimension()).isEqualTo(Dimension.TOKENS_PER_MINUTE);
    assertThat(refused.left()).isEqualTo(40);
    assertThat(take(quota, Refill.AT_ONCE, 40, NOON).exceeded()).isEmpty();
  }

  @Test
  void a_refused_request_spends_nothing_of_the_other_limits() {
    var quota = new Quota(10, 10, 50);
    take(quota, Refill.AT_ONCE, 50, NOON);
    for (var i = 0; i < 20; i++) {
      assertThat(take(quota, Refill.AT_ONCE, 1, NOON).exceeded()).hasSize(1);
    }
    assertThat(take(quota, Refill.AT_ONCE, 1, NOON.plusSeconds(30)).exceeded()).isEmpty();
  }

  @Test
  void keys_and_models_have_their_own_counters() {
    var quota = Quota.perMinute(1);
    for (var key : new String[] {"a", "b"}) {
      for (var model : new String[] {"m", "n"}) {
        var account = new Quotas.Account(key, model, quota, Refill.AT_ONCE, WindowLengths.REAL);
        assertThat(quotas.take(account, 1, NOON).exceeded()).isEmpty();
        assertThat(quotas.take(account, 1, NOON).exceeded()).hasSize(1);
      }
    }
  }
}
