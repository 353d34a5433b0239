package io.onebalance.store.standing;

import static io.onebalance.store.RichStanding.HEALTH;
import static io.onebalance.store.RichStanding.RICH;
import static io.onebalance.store.RichStanding.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Cooling;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.Changes;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.StoreTrouble.Kind;
import io.onebalance.store.keyring.Keyring.Patch;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(Store.class)
class StandingWriterTest {

  private final Store store;

  StandingWriterTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;

  @Test
  void standings_survive_a_restart() {
    String cooling;
    String aside;
    String blocked;
    try (var rig = Rig.in(store, dir)) {
      cooling = rig.add("groq", "gsk-one");
      aside = rig.add("groq", "gsk-two");
      blocked = rig.add("groq", "gsk-three");
      rig.learn(cooling, RICH);
      rig.learn(aside, new Standing(State.SET_ASIDE, Map.of(), Duration.ZERO, HEALTH));
      rig.learn(
          blocked,
          new Standing(new State.Blocked("leaked", at(7)), Map.of(), Duration.ZERO, HEALTH));
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.standing(cooling)).isEqualTo(RICH);
      assertThat(rig.standing(aside).state()).isEqualTo(State.SET_ASIDE);
      assertThat(rig.standing(blocked).state()).isEqualTo(new State.Blocked("leaked", at(7)));
    }
  }

  @Test
  void the_seeds_columns_keep_their_units() {
    try (var rig = Rig.in(store, dir)) {
      var id = rig.add("groq", "gsk-one");
      rig.learn(id, RICH);
      rig.keyring.flush();
      assertThat(
              rig.ask(
                  "SELECT latency_ms, success_rate, consecutive_failures, total_cooling_seconds,"
                      + " last_checked_at - created_at, last_succeeded_at - created_at,"
                      + " cooling_until - created_at FROM keys"))
          .isEqualTo("321|875|3|9000|50|40|3600");
      var whole = new JsonMapper().readTree(rig.ask("SELECT model_coolings FROM keys")).path("*");
      assertThat(whole.path("end_at").asLong()).isEqualTo(at(65).getEpochSecond());
      assertThat(whole.path("total_seconds").asLong()).isEqualTo(65);
    }
  }

  @Test
  void what_the_seeds_wrote_is_read() {
    String id;
    try (var rig = Rig.in(store, dir)) {
      id = rig.add("groq", "gsk-one");
      var end = at(60).getEpochSecond();
      rig.outside(
          """
          UPDATE keys SET model_coolings = '{"a":{"total_seconds":90,"end_at":%d},"b":%d}'\
          """
              .formatted(end, end + 1));
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.standing(id).coolings())
          .isEqualTo(
              Map.of(
                  "a", new Cooling(at(60), Duration.ofSeconds(90), "", 0),
                  "b", new Cooling(at(61), Duration.ZERO, "", 0)));
    }
  }

  @Test
  @DisplayName("F68 ends are rounded up, and times beyond reason are cut")
  void ends_are_rounded_up() {
    String id;
    try (var rig = Rig.in(store, dir)) {
      id = rig.add("groq", "gsk-one");
      var cooling = new Cooling(at(10).plusMillis(1), Duration.ofMillis(9_001), "429", 1);
      rig.learn(id, new Standing(State.ACTIVE, Map.of("m", cooling), Duration.ZERO, HEALTH));
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.standing(id).coolings())
          .containsEntry("m", new Cooling(at(11), Duration.ofSeconds(10), "429", 1));
    }
  }

  @Test
  @DisplayName("D25 edits and lessons at the same time lose nothing of each other")
  void edits_and_lessons_lose_nothing_of_each_other() {
    String id;
    try (var rig = Rig.in(store, dir);
        var threads = Executors.newFixedThreadPool(2)) {
      id = rig.add("groq", "gsk-one");
      var lessons = threads.submit(() -> learnMany(rig, id));
      var edits = threads.submit(() -> editMany(rig, id));
      assertThat(lessons).succeedsWithin(Duration.ofMinutes(1));
      assertThat(edits).succeedsWithin(Duration.ofMinutes(1));
      rig.learn(id, RICH);
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.standing(id)).isEqualTo(RICH);
      assertThat(rig.keyring.find(id).orElseThrow().key().remark()).isEqualTo("49");
      assertThat(rig.pools.of("groq").keys()).extracting("remark").containsExactly("49");
    }
  }

  private static void learnMany(Rig rig, String id) {
    for (var i = 0; i < 50; i++) {
      rig.pools.of("groq").reset(id, rig.clock.now);
      rig.keyring.flush();
    }
  }

  private static void editMany(Rig rig, String id) {
    for (var i = 0; i < 50; i++) {
      var remark = Optional.of(Integer.toString(i));
      rig.keyring.patch(
          id, new Patch(Optional.empty(), remark, Optional.empty(), Optional.empty()), "me");
    }
  }

  @Test
  void a_key_that_was_deleted_meanwhile_is_passed_over() {
    try (var rig = Rig.in(store, dir)) {
      var id = rig.add("groq", "gsk-one");
      rig.keyring.delete(Rig.ids(id), "me");
      rig.database.changes().accept(id);
      rig.keyring.flush();
      assertThat(rig.database.changes().take(1)).isEmpty();
      assertThat(rig.keyring.counts()).isEmpty();
    }
  }

  @Test
  @DisplayName("F55 another program holds the database: a bounded wait, then busy; it heals")
  void another_program_holds_the_database() throws SQLException {
    try (var rig = Rig.impatient(store, dir)) {
      var id = rig.add("groq", "gsk-one");
      try (var outsider = rig.outsider();
          var statement = outsider.createStatement()) {
        statement.execute(store.takingTheTurn());
        refused(Kind.BUSY, () -> rig.keyring.delete(Rig.ids(id), "me"));
        rig.learn(id, RICH);
        assertThat(rig.database.behind().beat()).isEqualTo(2);
        assertThat(rig.secrets()).containsExactly("gsk-one");
        statement.execute("ROLLBACK");
      }
      assertThat(rig.database.behind().beat()).isEqualTo(1);
      assertThat(rig.ask("SELECT latency_ms FROM keys")).isEqualTo("321");
      assertThat(rig.keyring.delete(Rig.ids(id), "me")).isEqualTo(1);
    }
  }

  @Test
  void after_trouble_with_an_edit_it_finds_out_by_itself_that_all_is_well() throws SQLException {
    try (var rig = Rig.impatient(store, dir)) {
      var id = rig.add("groq", "gsk-one");
      try (var outsider = rig.outsider();
          var statement = outsider.createStatement()) {
        statement.execute(store.takingTheTurn());
        refused(Kind.BUSY, () -> rig.keyring.delete(Rig.ids(id), "me"));
        rig.database.behind().beat();
        assertThat(rig.database.trouble()).isPresent();
        statement.execute("ROLLBACK");
      }
      assertThat(rig.database.behind().beat()).isEqualTo(1);
      assertThat(rig.database.trouble()).isEmpty();
    }
  }

  @Test
  void marking_a_key_again_adds_nothing() {
    var changes = new Changes();
    for (var i = 0; i < 1000; i++) {
      changes.accept("key-" + i % 3);
    }
    assertThat(changes.take(2)).hasSize(2);
    assertThat(changes.take(1000)).hasSize(1);
    assertThat(changes.take(1000)).isEmpty();
    changes.giveBack(List.of("key-1"));
    assertThat(changes.take(1000)).containsExactly("key-1");
  }

  private static void refused(Kind kind, Runnable edit) {
    assertThatThrownBy(edit::run)
        .isInstanceOfSatisfying(
            StoreTrouble.class, trouble -> assertThat(trouble.kind()).isEqualTo(kind));
  }
}
