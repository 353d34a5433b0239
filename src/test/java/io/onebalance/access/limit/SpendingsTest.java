package io.onebalance.access.limit;

import static io.onebalance.access.limit.rules.Limit.MONEY_PER_DAY;
import static io.onebalance.access.limit.rules.Limit.MONEY_PER_MONTH;
import static io.onebalance.access.limit.rules.Limit.REQUESTS_PER_MINUTE;
import static io.onebalance.access.limit.rules.Limit.TOKENS_PER_DAY;
import static io.onebalance.access.limit.rules.Limit.TOKENS_PER_MINUTE;
import static io.onebalance.access.limit.rules.Limit.TOKENS_PER_MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.Permit.Granted;
import io.onebalance.access.limit.Permit.Refused;
import io.onebalance.access.limit.Permit.Why;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendingsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String KEY = "a key";

  private final Spendings spendings = new Spendings();

  @Test
  void a_key_without_limits_may_ask_any_number() {
    for (var i = 0; i < 10_000; i++) {
      assertThat(spendings.admit(KEY, KeyLimits.NONE, NOON)).isInstanceOf(Granted.class);
    }
  }

  @Test
  void requests_a_minute_are_counted_for_each_key_by_itself() {
    var two = limits(Map.of(REQUESTS_PER_MINUTE, 2L));
    granted(two, NOON);
    granted(two, NOON);
    var refused = refused(two, NOON);
    assertThat(refused)
        .isEqualTo(new Refused(Why.RATE, REQUESTS_PER_MINUTE, 2, Duration.ofSeconds(30)));
    assertThat(refused.message())
        .isEqualTo("This gateway key may use 2 requests a minute, and has.");
    assertThat(spendings.admit("another", two, NOON)).isInstanceOf(Granted.class);
    granted(two, NOON.plus(refused.rest()));
  }

  @Test
  void a_refused_request_takes_of_no_limit() {
    var both = limits(Map.of(REQUESTS_PER_MINUTE, 2L, TOKENS_PER_MINUTE, 100L));
    granted(both, NOON);
    charge(NOON, 200, 0);
    for (var i = 0; i < 100; i++) {
      assertThat(refused(both, NOON).limit()).isEqualTo(TOKENS_PER_MINUTE);
    }
    var later = NOON.plusSeconds(61);
    granted(both, later);
    granted(both, later);
    assertThat(refused(both, later).limit()).isEqualTo(REQUESTS_PER_MINUTE);
  }

  @Test
  void tokens_a_minute_are_charged_afterwards_and_an_overdraft_rests() {
    var hundred = limits(Map.of(TOKENS_PER_MINUTE, 100L));
    granted(hundred, NOON);
    charge(NOON, 300, 0);
    var refused = refused(hundred, NOON);
    assertThat(refused.rest())
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(2).plusMillis(1));
    granted(hundred, NOON.plus(refused.rest()));
  }

  @ParameterizedTest(name = "{0} of {1} spent at {2} in {3}: until {4}")
  @CsvSource({
    "MONEY_PER_DAY, 1000000, 2026-11-21T12:00:00Z, UTC, 2026-11-22T00:00:00Z",
    "TOKENS_PER_DAY, 1000, 2026-11-21T12:00:00Z, UTC, 2026-11-22T00:00:00Z",
    "MONEY_PER_MONTH, 1000000, 2026-11-21T12:00:00Z, UTC, 2026-12-01T00:00:00Z",
    "TOKENS_PER_MONTH, 1000, 2026-12-31T23:59:59Z, UTC, 2027-01-01T00:00:00Z",
    "TOKENS_PER_MONTH, 1000, 2028-02-29T12:00:00Z, UTC, 2028-03-01T00:00:00Z",
    "MONEY_PER_DAY, 1000000, 2026-11-21T23:30:00Z, Europe/Berlin, 2026-11-22T23:00:00Z",
    "TOKENS_PER_DAY, 1000, 2026-10-25T00:30:00Z, Europe/Berlin, 2026-10-25T23:00:00Z",
    "TOKENS_PER_DAY, 1000, 2026-03-29T00:30:00Z, Europe/Berlin, 2026-03-29T22:00:00Z",
    "TOKENS_PER_MONTH, 1000, 2026-11-30T20:00:00Z, Asia/Tokyo, 2026-12-31T15:00:00Z",
  })
  void a_spent_budget_rests_until_the_calendar_turns(
      Limit limit, long number, Instant now, String zone, Instant until) {
    spendings.zone(ZoneId.of(zone));
    var budget = limits(Map.of(limit, number));
    granted(budget, now);
    charge(now, 1000, 1_000_000_000);
    var refused = refused(budget, now);
    assertThat(refused)
        .isEqualTo(new Refused(Why.SPENT, limit, number, Duration.between(now, until)));
    refused(budget, until.minusMillis(1));
    granted(budget, until);
  }

  @Test
  void money_is_told_in_dollars() {
    var budget = limits(Map.of(MONEY_PER_DAY, 2_500_000L));
    granted(budget, NOON);
    charge(NOON, 1, 2_500_000_000L);
    assertThat(refused(budget, NOON).message())
        .isEqualTo("This gateway key has spent what it may: $2.50 a day.");
  }

  @Test
  void of_several_limits_the_longest_rest_is_told() {
    var all = limits(Map.of(TOKENS_PER_MINUTE, 10L, TOKENS_PER_DAY, 10L, TOKENS_PER_MONTH, 10L));
    granted(all, NOON);
    charge(NOON, 10, 0);
    assertThat(refused(all, NOON).limit()).isEqualTo(TOKENS_PER_MONTH);
  }

  @Test
  void a_cost_that_nobody_knows_counts_nothing_and_is_told() {
    var budget = limits(Map.of(MONEY_PER_MONTH, 1L));
    granted(budget, NOON);
    spendings.charge(KEY, new Charge(NOON, NOON, 5_000, OptionalLong.empty()));
    granted(budget, NOON);
    var standing = spendings.standing(KEY, NOON).orElseThrow();
    assertThat(standing.today()).isEqualTo(new Spent(0, 5_000, 1));
    assertThat(standing.thisMonth()).isEqualTo(new Spent(0, 5_000, 1));
    assertThat(standing.nextMonth()).isEqualTo("2026-12-01T00:00:00Z");
  }

  @Test
  void a_request_belongs_to_the_day_it_began_in() {
    var budget = limits(Map.of(TOKENS_PER_DAY, 100L, TOKENS_PER_MONTH, 1_000L));
    var night = Instant.parse("2026-11-21T23:59:59Z");
    granted(budget, night);
    spendings.charge(KEY, new Charge(night, night.plusSeconds(5), 500, OptionalLong.of(0)));
    granted(budget, night.plusSeconds(6));
    var standing = spendings.standing(KEY, night.plusSeconds(6)).orElseThrow();
    assertThat(standing.today().tokens()).isZero();
    assertThat(standing.thisMonth().tokens()).isEqualTo(500);
  }

  @Test
  void new_limits_meet_what_was_spent_before_also_without_any() {
    spendings.admit(KEY, KeyLimits.NONE, NOON);
    charge(NOON, 900, 0);
    assertThat(refused(limits(Map.of(TOKENS_PER_DAY, 900L)), NOON).limit())
        .isEqualTo(TOKENS_PER_DAY);
    granted(limits(Map.of(TOKENS_PER_DAY, 901L)), NOON);
  }

  @Test
  void another_zone_forgets_nothing_that_was_spent_today() {
    var budget = limits(Map.of(TOKENS_PER_DAY, 100L));
    granted(budget, NOON);
    charge(NOON, 100, 0);
    spendings.zone(ZoneId.of("America/Los_Angeles"));
    assertThat(NOON.plus(refused(budget, NOON).rest())).isEqualTo("2026-11-22T08:00:00Z");
  }

  @Test
  @DisplayName("F68 a clock set back a day keeps what was spent and rests no longer than a day")
  void a_clock_that_is_set_back() {
    var budget = limits(Map.of(TOKENS_PER_DAY, 100L));
    granted(budget, NOON);
    charge(NOON, 100, 0);
    var refused = refused(budget, NOON.minus(Duration.ofDays(1)));
    assertThat(refused.rest()).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void what_usually_is_spent_is_held_for_each_request_under_way() {
    var budget = limits(Map.of(TOKENS_PER_DAY, 1_000L));
    granted(budget, NOON).hold().letGo();
    charge(NOON, 100, 0);
    var under = new ArrayList<Granted>();
    while (spendings.admit(KEY, budget, NOON) instanceof Granted granted) {
      under.add(granted);
    }
    assertThat(under).hasSize(9);
    assertThat(refused(budget, NOON))
        .isEqualTo(new Refused(Why.HELD, TOKENS_PER_DAY, 1_000, Duration.ofSeconds(1)));
    under.forEach(granted -> {
      charge(NOON, 50, 0);
      granted.hold().letGo();
    });
    granted(budget, NOON);
  }

  @Test
  void what_costs_nothing_does_not_wear_away_what_is_held() {
    var budget = limits(Map.of(TOKENS_PER_DAY, 1_000L));
    granted(budget, NOON).hold().letGo();
    charge(NOON, 600, 0);
    var under = granted(budget, NOON);
    for (var i = 0; i < 100; i++) {
      assertThat(refused(budget, NOON).why()).isEqualTo(Why.HELD);
      spendings.charge(KEY, new Charge(NOON, NOON, 0, OptionalLong.empty()));
    }
    under.hold().letGo();
    granted(budget, NOON);
    assertThat(refused(budget, NOON).why()).isEqualTo(Why.HELD);
  }

  @Test
  void what_used_no_tokens_has_no_unknown_price() {
    spendings.charge(KEY, new Charge(NOON, NOON, 0, OptionalLong.empty()));
    assertThat(spendings.standing(KEY, NOON).orElseThrow().today()).isEqualTo(Spent.NOTHING);
  }

  @Test
  void a_request_that_costs_more_than_the_budget_is_let_in_when_nothing_is_under_way() {
    var budget = limits(Map.of(TOKENS_PER_DAY, 1_000L));
    granted(budget, NOON).hold().letGo();
    charge(NOON, 990, 0);
    var last = granted(budget, NOON);
    assertThat(refused(budget, NOON).why()).isEqualTo(Why.HELD);
    last.hold().letGo();
    granted(budget, NOON);
  }

  @Test
  void how_much_of_each_budget_is_spent_is_told_in_percent() {
    var budget = limits(Map.of(MONEY_PER_DAY, 2_000L, TOKENS_PER_MONTH, 1_000L));
    spendings.admit("without", KeyLimits.NONE, NOON);
    granted(budget, NOON);
    charge(NOON, 2_500, 1_600_000);
    assertThat(spendings.used(NOON))
        .containsExactly(new Used(KEY, MONEY_PER_DAY, 80), new Used(KEY, TOKENS_PER_MONTH, 250));
    assertThat(spendings.used(NOON.plus(Duration.ofDays(1))))
        .containsExactly(new Used(KEY, MONEY_PER_DAY, 0), new Used(KEY, TOKENS_PER_MONTH, 250));
  }

  @Test
  void what_was_spent_before_the_start_counts() {
    var asked = new ArrayList<String>();
    spendings.restore(
        (from, until) -> {
          asked.add(from + "/" + until);
          return Map.of(KEY, new Spent(asked.size() * 1_000L, asked.size() * 100L, 1));
        },
        NOON);
    assertThat(asked)
        .containsExactly(
            "2026-11-21T00:00:00Z/2026-11-22T00:00:00Z",
            "2026-11-01T00:00:00Z/2026-12-01T00:00:00Z");
    var standing = spendings.standing(KEY, NOON).orElseThrow();
    assertThat(standing.today()).isEqualTo(new Spent(1_000, 100, 1));
    assertThat(standing.thisMonth()).isEqualTo(new Spent(2_000, 200, 1));
    refused(limits(Map.of(TOKENS_PER_MONTH, 200L)), NOON);
    granted(limits(Map.of(TOKENS_PER_DAY, 101L)), NOON);
  }

  @Test
  void what_others_spent_counts_as_far_as_they_told() {
    var told = new AtomicReference<>(Spent.NOTHING);
    var one = new Spendings((_, _) -> told.get());
    var budget = limits(Map.of(TOKENS_PER_DAY, 1_000L));
    assertThat(one.admit(KEY, budget, NOON)).isInstanceOf(Granted.class);
    one.charge(KEY, new Charge(NOON, NOON, 400, OptionalLong.empty()));
    told.set(new Spent(0, 600, 0));
    assertThat(one.admit(KEY, budget, NOON)).isInstanceOf(Refused.class);
    told.set(new Spent(0, 599, 0));
    assertThat(one.admit(KEY, budget, NOON)).isInstanceOf(Granted.class);
  }

  @Test
  void keys_that_ask_no_more_are_forgotten_when_there_are_too_many_and_their_month_is_over() {
    var one = limits(Map.of(TOKENS_PER_MONTH, 10L));
    for (var i = 0; i < Spendings.MOST; i++) {
      spendings.admit("old " + i, one, NOON);
    }
    var december = NOON.plus(Duration.ofDays(20));
    spendings.admit("new", one, december);
    assertThat(spendings.standing("old 0", december)).isEmpty();
    assertThat(spendings.standing("new", december)).isPresent();
  }

  @Test
  @DisplayName("P23 many threads get in exactly as often as they may, and every charge is counted")
  void many_threads() throws Exception {
    var limits = limits(Map.of(REQUESTS_PER_MINUTE, 5_000L, TOKENS_PER_MONTH, 1_000_000L));
    var granted = new AtomicInteger();
    inEightThreads(() -> {
      for (var i = 0; i < 1_000; i++) {
        if (spendings.admit(KEY, limits, NOON) instanceof Granted(var hold)) {
          granted.incrementAndGet();
          charge(NOON, 3, 7_000);
          hold.letGo();
        }
      }
    });
    assertThat(granted).hasValue(5_000);
    assertThat(spendings.standing(KEY, NOON).orElseThrow().today())
        .isEqualTo(new Spent(35_000_000, 15_000, 0));
  }

  @Test
  @DisplayName("P23 a budget is overrun at most by what was under way beyond what was held")
  void the_bound() throws Exception {
    var budget = limits(Map.of(TOKENS_PER_DAY, 10_000L));
    granted(budget, NOON).hold().letGo();
    charge(NOON, 100, 0);
    inEightThreads(() -> {
      for (var i = 0; i < 500; i++) {
        if (spendings.admit(KEY, budget, NOON) instanceof Granted(var hold)) {
          charge(NOON, 200, 0);
          hold.letGo();
        }
      }
    });
    assertThat(spendings.standing(KEY, NOON).orElseThrow().today().tokens())
        .isBetween(10_000L, 10_000L + 8 * 200);
  }

  private static void inEightThreads(Runnable work)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(8)) {
      var all = List.of(work, work, work, work, work, work, work, work);
      for (var done : all.stream().map(threads::submit).toList()) {
        done.get();
      }
    }
  }

  private Granted granted(KeyLimits limits, Instant now) {
    var permit = spendings.admit(KEY, limits, now);
    assertThat(permit).isInstanceOf(Granted.class);
    return (Granted) permit;
  }

  private Refused refused(KeyLimits limits, Instant now) {
    var permit = spendings.admit(KEY, limits, now);
    assertThat(permit).isInstanceOf(Refused.class);
    return (Refused) permit;
  }

  private void charge(Instant at, long tokens, long nanos) {
    spendings.charge(KEY, new Charge(at, at, tokens, OptionalLong.of(nanos)));
  }

  private static KeyLimits limits(Map<Limit, Long> numbers) {
    return new KeyLimits(numbers);
  }
}
