package io.onebalance.store.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Cooling;
import io.onebalance.key.Health;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.keyring.Keyring.By;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.keyring.Keyring.Sort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Store.class)
class KeyListTest {

  private final Store store;

  KeyListTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = Rig.in(store, dir);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<String> found(Filter filter) {
    var page = rig.keyring.list(filter, Sort.NEWEST_FIRST, "", 100);
    assertThat(page.total()).isEqualTo(page.keys().size());
    return page.keys().stream().map(held -> held.key().secret().reveal()).sorted().toList();
  }

  @Test
  void a_status_is_the_one_of_this_moment() {
    rig.add("groq", "gsk-active");
    rig.keyring.block(Rig.ids(rig.add("groq", "gsk-blocked")), "why", "me");
    var cooling = new Cooling(Rig.START.plusSeconds(60), Duration.ofSeconds(60), "429", 1);
    rig.learn(
        rig.add("groq", "gsk-cooling"),
        new Standing(State.ACTIVE, Map.of("m", cooling), Duration.ofSeconds(60), Health.NEW));
    rig.learn(
        rig.add("groq", "gsk-aside"),
        new Standing(State.SET_ASIDE, Map.of(), Duration.ZERO, Health.NEW));

    assertThat(found(new Filter("groq", "active", ""))).containsExactly("gsk-active");
    assertThat(found(new Filter("", "cooling", ""))).containsExactly("gsk-aside", "gsk-cooling");
    assertThat(found(new Filter("groq", "blocked", ""))).containsExactly("gsk-blocked");
    assertThat(found(new Filter("openai", "", ""))).isEmpty();

    rig.clock.now = Rig.START.plusSeconds(60);
    assertThat(found(new Filter("groq", "active", "")))
        .containsExactly("gsk-active", "gsk-cooling");
  }

  @ParameterizedTest
  @DisplayName("D31 S14 search is for these characters, whatever they mean elsewhere")
  @CsvSource({
    "100%,1",
    "%,2",
    "_,2",
    "a_b,1",
    "!,2",
    "!%,1",
    "x' OR '1'='1,0",
    "\\,1",
    "TEAM,3",
    "wxyz,1",
    "sk-abcdefghijklmnopqrstuvwxyz,1",
    "sk-abcdefghijklmnop,0"
  })
  void search_is_for_these_characters(String text, int hits) {
    var remarks =
        List.of("team 100%", "team a_b", "team axb", "!%_", "x!y", "back\\slash", "plain");
    for (var i = 0; i < remarks.size(); i++) {
      rig.add("groq", "gsk-" + i, remarks.get(i));
    }
    rig.add("openai", "sk-abcdefghijklmnopqrstuvwxyz");
    assertThat(found(new Filter("", "", text))).hasSize(hits);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D31 pages follow each other without a gap or a repetition, in every order")
  void pages_follow_each_other(By by) {
    variedKeys();
    for (var descending : new boolean[] {true, false}) {
      var sort = new Sort(by, descending);
      var whole = rig.keyring.list(Filter.ANY, sort, "", 1000).keys();
      var paged = new ArrayList<Keyring.Held>();
      var cursor = "";
      do {
        var page = rig.keyring.list(Filter.ANY, sort, cursor, 7);
        assertThat(page.total()).isEqualTo(50);
        paged.addAll(page.keys());
        cursor = page.next();
      } while (!cursor.isEmpty());
      assertThat(paged).hasSize(50).doesNotHaveDuplicates().isEqualTo(whole);
    }
  }

  @Test
  void the_order_is_by_value() {
    variedKeys();
    var byLatency = rig.keyring.list(Filter.ANY, new Sort(By.LATENCY, true), "", 1000).keys();
    assertThat(byLatency)
        .isSortedAccordingTo(
            (a, b) -> b.standing().health().latency().compareTo(a.standing().health().latency()));
    var byRate = rig.keyring.list(Filter.ANY, new Sort(By.SUCCESS_RATE, false), "", 1000).keys();
    assertThat(byRate)
        .extracting(held -> held.standing().health().successRate())
        .isSortedAccordingTo(Double::compare);
    var byRemark = rig.keyring.list(Filter.ANY, new Sort(By.REMARK, false), "", 1000).keys();
    assertThat(byRemark).extracting(held -> held.key().remark()).isSorted();
  }

  private void variedKeys() {
    var random = new Random(7);
    for (var i = 0; i < 50; i++) {
      rig.clock.now = Rig.START.plusSeconds(i / 10);
      var key = new NewKey("gsk-abcdefghijklmnopqrs" + i, "r" + random.nextInt(5), "");
      rig.keyring.add("groq", List.of(key), Rig.ACTOR);
    }
    for (var key : rig.pools.of("groq").keys()) {
      var latency = Duration.ofMillis(random.nextInt(5));
      var rate = random.nextInt(5) / 4.0;
      var health = new Health(latency, rate, 0, Rig.START, Rig.START);
      var total = Duration.ofSeconds(random.nextInt(5));
      rig.learn(key.id(), new Standing(State.ACTIVE, Map.of(), total, health));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "!!",
        "Q1JFQVRFRF9BVA",
        "TEFURU5DWQppZAo1",
        "Q1JFQVRFRF9BVAppZAphYmM", // its value is no number
        "Q1JFQVRFRF9BVAppAGQKNQ" // its id has a NUL
      })
  void a_cursor_that_was_not_given_out_is_refused(String cursor) {
    assertThatThrownBy(() -> rig.keyring.list(Filter.ANY, Sort.NEWEST_FIRST, cursor, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cursor: ");
    assertThat(rig.database.trouble()).isEmpty();
  }

  @Test
  void filters_that_mean_nothing_are_refused() {
    assertThatThrownBy(() -> new Filter("", "asleep", "")).hasMessageStartingWith("status: ");
    assertThatThrownBy(() -> new Filter("", "", "x".repeat(8193))).hasMessageStartingWith("q: ");
  }

  @Test
  void a_page_shows_keys_that_came_and_went_meanwhile_rightly() {
    variedKeys();
    var first = rig.keyring.list(Filter.ANY, Sort.NEWEST_FIRST, "", 10);
    rig.keyring.delete(Rig.ids(first.keys().getLast().key().id()), "me");
    rig.clock.now = Rig.START.plusSeconds(99);
    rig.add("groq", "gsk-newest");
    var second = rig.keyring.list(Filter.ANY, Sort.NEWEST_FIRST, first.next(), 10);
    assertThat(second.keys()).hasSize(10).doesNotContainAnyElementsOf(first.keys());
  }
}
