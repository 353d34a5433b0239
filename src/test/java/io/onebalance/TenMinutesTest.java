package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Outcome;
import io.onebalance.key.Policy;
import io.onebalance.key.State;
import io.onebalance.key.pool.Choice;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import io.onebalance.program.ground.OpenStore;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.answer.Verdict.Window;
import io.onebalance.provider.limit.Allowance;
import io.onebalance.provider.limit.Allowance.Kind;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.wire.Cable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten minutes without PostgreSQL, of virtual time: a store as a server has it, behind a line that
/// is cut.
class TenMinutesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final int KEYS = 200;
  private static final int SECONDS = 600;
  private static final int REQUESTS_A_SECOND = 50;

  /// Of the keys, by their number.
  private static final int LEARNING = 7;

  private static final int LIMITED = 11;
  private static final Allowance DAY =
      new Allowance(Kind.REQUESTS, Window.DAY, 77, 70, Optional.of(NOON.plusSeconds(36_000)));

  @TempDir Path dir;
  private volatile Instant now = NOON;

  private OpenStore open(String name, int port) {
    var storage =
        new Settings.Storage(
            dir.resolve(name),
            PostgresServer.url(port, PostgresServer.databaseFor(dir)),
            Optional.of(new Secret(Instances.MASTER)),
            dir.resolve("none"));
    return OpenStore.open(storage, () -> new Policy(2, 5), () -> now, _ -> {});
  }

  @Test
  @DisplayName(
      "P17 F58 ten minutes without PostgreSQL: every request is counted, every lesson kept")
  void ten_minutes() {
    try (var cable = Cable.to(PostgresServer.port(), true);
        var cut = open("cut", cable.port())) {
      var keys = IntStream.range(0, KEYS).mapToObj(n -> new NewKey("gsk-" + n, "", "")).toList();
      cut.keyring().add("groq", keys, "me");
      cable.cut();
      for (var second = 0; second < SECONDS; second++) {
        now = NOON.plusSeconds(second);
        aSecond(cut, second);
      }
      assertThatThrownBy(() -> cut.keyring().add("groq", List.of(new NewKey("more", "", "")), "me"))
          .isInstanceOf(StoreTrouble.class);
      assertThat(cut.database().trouble()).isPresent();
      cable.mend();
      while (cut.written().waiting() > 0 || cut.database().trouble().isPresent()) {
        Thread.onSpinWait();
      }
      cut.database().behind().flush();
      cut.keyring().add("groq", List.of(new NewKey("more", "", "")), "me");
      try (var other = open("other", PostgresServer.port())) {
        var totals = other.history().budget("phone", NOON.minusSeconds(60));
        assertThat(totals.requests()).isEqualTo(SECONDS * REQUESTS_A_SECOND);
        assertThat(totals.tokens().input()).isEqualTo(7L * SECONDS * REQUESTS_A_SECOND);
        var counts = other.pools().of("groq").counts(now);
        assertThat(counts.blocked()).isEqualTo(KEYS / 2);
        assertThat(counts.active() + counts.cooling()).isEqualTo(KEYS / 2 + 1);
        assertThat(counts.cooling()).isEqualTo(1);
        assertThat(other.pools().of("groq").limits().quotas(id(cut, LEARNING), "m", now))
            .filteredOn(limit -> limit.window() == Window.DAY)
            .extracting(Measured::limit)
            .containsExactly(77L);
      }
    }
  }

  private static String id(OpenStore at, int key) {
    return at.pools().of("groq").keys().get(key).id();
  }

  /// Requests go on; in the first ones every other key is found dead, one is told its limit of a
  /// day, and one is limited for hours.
  private void aSecond(OpenStore at, int second) {
    if (second < KEYS) {
      var dead = second % 2 == 0;
      var id = id(at, second);
      var choice = at.pools().of("groq").chooseOnly(id, "m", now);
      var slot = ((Choice.Chosen) choice).slot();
      if (second == LEARNING) {
        slot.told(List.of(DAY), now);
      }
      slot.settle(new Outcome.Judged(verdict(second), Duration.ZERO), now);
      assertThat(at.pools().of("groq").standing(id, now).orElseThrow().state())
          .isInstanceOf(dead ? State.Blocked.class : State.Active.class);
    }
    for (var request = 0; request < REQUESTS_A_SECOND; request++) {
      at.journal().write(entry(second * REQUESTS_A_SECOND + request));
    }
  }

  private static Verdict verdict(int second) {
    return second == LIMITED
        ? new Verdict.Limited(Window.UNKNOWN, Optional.of(Duration.ofHours(2)), Optional.empty())
        : second % 2 == 0 ? new Verdict.Dead("invalid") : new Verdict.Served();
  }

  private Entry entry(int number) {
    return new Entry(
        "request-" + number,
        now,
        "phone",
        new Entry.Asked(Entry.Kind.CHAT, "m", false),
        new Entry.Served("groq", "m", "", Entry.Route.DIRECT),
        new Entry.Ending(200, Entry.How.WHOLE),
        new Entry.Times(Duration.ofMillis(10), Duration.ofMillis(20)),
        new Tokens(7, 0, 0, 3, 0, Tokens.Source.TOLD),
        Optional.of(new Money(1_000)),
        List.of(),
        1,
        List.of());
  }
}
