package io.onebalance.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.Grant;
import io.onebalance.access.limit.Permit;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.Spent;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static final Instant LATE = Instant.parse("2026-11-21T23:59:00Z");
  private static final KeyLimits LIMITS = new KeyLimits(Map.of(Limit.MONEY_PER_DAY, 2_000L));

  private final Spendings spendings = new Spendings();
  private final Recording unrecorded = new Recording(spendings, Optional.empty());

  @Test
  void what_the_ledger_tells_counts_towards_the_limits_of_its_key() {
    assertThat(spendings.admit("key", LIMITS, LATE)).isInstanceOf(Permit.Granted.class);
    unrecorded.tell(entry("key", Optional.of(Money.ofMicros(1_999))));
    unrecorded.tell(entry("key", Optional.empty()));
    assertThat(spendings.admit("key", LIMITS, LATE)).isInstanceOf(Permit.Granted.class);
    unrecorded.tell(entry("key", Optional.of(Money.ofMicros(1))));
    assertThat(spendings.admit("key", LIMITS, LATE)).isInstanceOf(Permit.Refused.class);
    assertThat(spendings.standing("key", LATE).orElseThrow().today())
        .isEqualTo(new Spent(2_000_000, 45, 1));
  }

  @Test
  void a_request_that_was_not_admitted_is_nobodys() {
    unrecorded.tell(entry("", Optional.of(Money.ofMicros(1))));
    assertThat(spendings.standing("", LATE)).isEmpty();
  }

  @Test
  void without_records_only_those_with_limits_are_noted() {
    assertThat(unrecorded.wants(caller(KeyLimits.NONE))).isFalse();
    assertThat(unrecorded.wants(caller(LIMITS))).isTrue();
  }

  private static Grant caller(KeyLimits limits) {
    return new Grant("id", "name", List.of(), limits);
  }

  private static Entry entry(String key, Optional<Money> cost) {
    return new Entry(
        "request",
        LATE,
        key,
        new Entry.Asked(Entry.Kind.CHAT, "gpt-4o-mini", false),
        Entry.Served.NOBODY,
        new Entry.Ending(200, Entry.How.WHOLE),
        new Entry.Times(Duration.ofMillis(5), Duration.ofSeconds(10)),
        new Tokens(10, 0, 0, 5, 0, Tokens.Source.TOLD),
        cost,
        List.of(),
        0,
        List.of());
  }
}
