package io.onebalance.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.key.Choice;
import io.onebalance.key.Outcome;
import io.onebalance.provider.Verdict;
import io.onebalance.store.Keyring.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyWatchTest {
  @TempDir Path dir;
  private OpenConsole open;
  private KeyWatch watch;
  private String id = "";

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir);
    watch = open.live.watch();
    id = open.add("openai", "sk-aaaaaaaaaaaaaaaaaaaaaaaa").getFirst();
    watch.begin(open.now);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void rests_are_told_when_they_begin_and_when_they_end_by_themselves() {
    rest("gpt-4o");

    assertThat(told()).containsExactly("cooled gpt-4o");
    assertThat(watch.soonest(open.now, 9))
        .extracting(rest -> rest.place().keyId() + " " + rest.place().model())
        .containsExactly(id + " gpt-4o");
    open.now = open.now.plus(Duration.ofMinutes(11));
    assertThat(told()).containsExactly("recovered gpt-4o", "cooled gpt-4o");
    assertThat(watch.soonest(open.now, 9)).isEmpty();
  }

  @Test
  void blocks_are_told_with_their_reason_and_so_is_the_way_back() {
    var key = new Selection.Ids(List.of(id));
    open.keyring.block(key, "API_KEY_INVALID", "test");
    assertThat(told()).containsExactly("blocked ");
    assertThat(watch.latest(1).getFirst().what().why()).isEqualTo("API_KEY_INVALID");

    open.keyring.unblock(key, "test");
    assertThat(told()).containsExactly("recovered ", "blocked ");
  }

  @Test
  void how_keys_stood_at_the_start_is_no_news() {
    open.keyring.block(new Selection.Ids(List.of(id)), "by hand", "test");
    watch.begin(open.now);

    assertThat(told()).isEmpty();
  }

  @Test
  void a_key_that_was_deleted_is_forgotten() {
    rest("gpt-4o");
    told();
    open.keyring.delete(new Selection.Ids(List.of(id)), "test");
    open.now = open.now.plus(Duration.ofMinutes(11));
    open.pools.of("openai").block(id, "gone", open.now);

    assertThat(told()).containsExactly("recovered gpt-4o", "cooled gpt-4o");
  }

  @Test
  void no_more_than_the_latest_are_held() {
    var pool = open.pools.of("openai");
    for (var i = 0; i < KeyWatch.MOST; i++) {
      pool.block(id, "a", open.now);
      watch.look(open.now);
      pool.activate(id, open.now);
      watch.look(open.now);
    }
    assertThat(watch.after(0, 10 * KeyWatch.MOST)).hasSize(KeyWatch.MOST);
    assertThat(watch.after(2L * KeyWatch.MOST - 2, 9)).hasSize(2);
  }

  @Test
  void the_api_tells_events_in_either_order() {
    rest("gpt-4o");
    open.keyring.block(new Selection.Ids(List.of(id)), "by hand", "test");
    watch.look(open.now);

    var newest = open.get("/api/events").master().text();
    assertThat(newest)
        .contains("\"event\":\"blocked\"")
        .containsPattern("\"event\":\"cooled\".*\"until\":\\d+")
        .endsWith("\"next\":null}");
    var next = open.get("/api/events?after=0&limit=1").master().text();
    assertThat(next).containsPattern(Pattern.compile("\"next\":\\d+}$"));
    assertThat(open.get("/api/events?after=x").master().status()).isEqualTo(400);
    assertThat(open.get("/api/events?odd=1").master().status()).isEqualTo(400);
    assertThat(Knock.text(open.get("/api/events").whole())).contains("invalid_api_key");
  }

  private List<String> told() {
    watch.look(open.now);
    return watch.latest(10).stream()
        .map(event -> event.what().kind().word() + " " + event.place().model())
        .toList();
  }

  /// Lets the key be limited for a model, as a provider's answer would.
  private void rest(String model) {
    if (open.pools.of("openai").choose(model, Set.of(), open.now)
        instanceof Choice.Chosen(var slot)) {
      var limited =
          new Verdict.Limited(
              Verdict.Window.MINUTE, Optional.of(Duration.ofMinutes(10)), Optional.empty());
      slot.settle(new Outcome.Judged(limited, Duration.ofMillis(80)), open.now);
    }
  }
}
