package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.Grant;
import io.onebalance.access.limit.KeyLimits;
import io.onebalance.access.limit.Limit;
import io.onebalance.access.limit.Permit;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.Spent;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import io.onebalance.ledger.journal.Journal;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final Instant LATE = Instant.parse("2026-11-21T23:59:00Z");
  private static final KeyLimits LIMITS = new KeyLimits(Map.of(Limit.MONEY_PER_DAY, 2_000L));

  @TempDir Path dir;

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

  @Test
  void where_nothing_is_recorded_limits_hold_all_the_same() throws IOException, SQLException {
    var settings = "ledger: {enabled: false}\nlimits: {keys: {key-2: {requests-per-minute: 1}}}\n";
    var chat = "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[]}";
    try (var house = Running.in(dir, settings).keys("openai", "sk-one")) {
      assertThat(house.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
      for (var status : List.of(200, 429)) {
        var asked =
            house
                .bare("/v1/chat/completions")
                .header("authorization", "Bearer " + Running.RESTRICTED)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(chat));
        assertThat(house.send(asked).statusCode()).isEqualTo(status);
      }
    }
    try (var journal = Journal.open(dir.resolve("data/ledger"), 0)) {
      assertThat(journal.read(0, 10)).isEmpty();
    }
    var database = dir.resolve("data/one-balance.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = connection.createStatement();
        var count = statement.executeQuery("SELECT count(*) FROM requests")) {
      assertThat(count.getInt(1)).isZero();
    }
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
