package io.onebalance.console.pages.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.OpenConsole;
import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Choice;
import io.onebalance.provider.answer.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverviewPagesTest {
  @TempDir Path dir;

  @Test
  void events_and_the_ends_of_rests_are_told_with_their_date_in_utc() {
    try (var open = OpenConsole.in(dir)) {
      var id = open.add("openai", "sk-1").getFirst();
      rest(open, Duration.ofDays(3));
      var cookie = open.cookie();

      assertThat(open.get("/").cookie(cookie).text())
          .contains("Latest events <span class=\"muted small\">(UTC)</span>")
          .contains(">2026-03-01 12:00:00</span>")
          .containsPattern("title=\"2026-03-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\"");
      assertThat(open.get("/keys/openai/" + id).cookie(cookie).text())
          .contains("Timeline <span class=\"muted small\">(UTC)</span>")
          .contains(">2026-03-01 12:00:00</span>");
    }
  }

  /// Lets the key be limited, as a provider's answer would.
  private static void rest(OpenConsole open, Duration rest) {
    if (open.pools.of("openai").choose("gpt-4o", Set.of(), open.now)
        instanceof Choice.Chosen(var slot)) {
      var limited = new Verdict.Limited(Verdict.Window.DAY, Optional.of(rest), Optional.empty());
      slot.settle(new Outcome.Judged(limited, Duration.ofMillis(80)), open.now);
    }
  }
}
