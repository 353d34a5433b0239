package io.onebalance.upkeep;

import static io.onebalance.upkeep.Rig.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Cooling;
import io.onebalance.key.State;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.store.StoreTrouble;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Sort;
import io.onebalance.upkeep.Cleanup.Cleaned;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
  private static final int HOPELESS = 51;

  @TempDir Path dir;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(dir);
    rig.script.key("dead-1", Fault.dead()).key("dead-2", Fault.dead()).key("dead-3", Fault.dead());
    rig.script.key("disabled", Fault.refuses(Plain.API_DISABLED));
    rig.script.key("unsure", Fault.overloaded());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private long stored() {
    return rig.keyring.list(Filter.ANY, Sort.NEWEST_FIRST, "", 1).total();
  }

  @Test
  @DisplayName("D18 the cleanup really deletes what it counts, and counts only that")
  void it_deletes_what_it_counts() {
    var gone = rig.failing(GOOGLE, "dead-1", HOPELESS);
    var goneToo = rig.failing(GOOGLE, "dead-2", HOPELESS);
    var notHopeless = rig.failing(GOOGLE, "dead-3", HOPELESS - 1);
    var well = rig.failing(GOOGLE, "well", HOPELESS);
    var unsure = rig.failing(GOOGLE, "unsure", HOPELESS);
    var elsewhere = rig.failing("openai", "dead-1-of-openai", HOPELESS);

    assertThat(rig.cleanup.run(GOOGLE, Rig.ACTOR)).isEqualTo(new Cleaned(4, 2, 0, 1));

    assertThat(rig.keyring.find(gone)).isEmpty();
    assertThat(rig.keyring.find(goneToo)).isEmpty();
    assertThat(stored()).isEqualTo(4);
    assertThat(rig.pools.of(GOOGLE).size()).isEqualTo(3);
    assertThat(rig.standing(notHopeless).health().consecutiveFailures()).isEqualTo(HOPELESS - 1);
    assertThat(rig.standing(well).health().consecutiveFailures()).isZero();
    assertThat(rig.standing(unsure).health().consecutiveFailures()).isEqualTo(HOPELESS);
    assertThat(rig.keyring.find(elsewhere)).isPresent();
  }

  @Test
  void each_deletion_is_in_the_audit_log_under_who_ran_it() {
    var gone = rig.failing(GOOGLE, "dead-1", HOPELESS);
    rig.cleanup.run(GOOGLE, "the night watch");
    var row = rig.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst();
    assertThat(row.actor()).isEqualTo("the night watch");
    assertThat(row.action()).isEqualTo("delete");
    assertThat(row.detail()).contains(gone).doesNotContain("dead-1");
    assertThat(rig.keyring.audit().firstFlaw()).isEmpty();
  }

  @Test
  @DisplayName("by setting, confirmed keys are only blocked, and none is counted as deleted")
  void it_only_blocks_where_that_is_set() {
    rig.action = Cleanup.Action.BLOCK;
    var id = rig.failing(GOOGLE, "dead-1", HOPELESS);
    assertThat(rig.cleanup.run(GOOGLE, Rig.ACTOR)).isEqualTo(new Cleaned(1, 0, 1, 0));
    assertThat(rig.standing(id).state()).isInstanceOf(State.Blocked.class);
    assertThat(rig.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst().action())
        .isEqualTo("block");
    assertThat(rig.cleanup.run(GOOGLE, Rig.ACTOR)).isEqualTo(new Cleaned(0, 0, 0, 0));
  }

  @Test
  void a_key_that_its_owner_can_bring_back_is_never_deleted() {
    var id = rig.failing(GOOGLE, "disabled", HOPELESS);
    assertThat(rig.cleanup.run(GOOGLE, Rig.ACTOR)).isEqualTo(new Cleaned(1, 0, 1, 0));
    assertThat(rig.standing(id).state()).isInstanceOf(State.Blocked.class);
  }

  @Test
  void a_benched_key_that_works_recovers_at_once() {
    var id = rig.failing(GOOGLE, "well", 0);
    rig.add(GOOGLE, "another");
    rig.stands(id, State.ACTIVE, HOPELESS, Map.of(Cooling.WHOLE_KEY, rig.rest("51 failures")));
    assertThat(rig.cleanup.run(GOOGLE, Rig.ACTOR)).isEqualTo(new Cleaned(1, 0, 0, 1));
    assertThat(rig.standing(id).health().consecutiveFailures()).isZero();
  }

  @Test
  void blocked_keys_are_not_asked() {
    var id = rig.failing(GOOGLE, "dead-1", HOPELESS);
    rig.keyring.block(Rig.ids(id), "by hand", Rig.ACTOR);
    assertThat(rig.cleanup.run(GOOGLE, Rig.ACTOR)).isEqualTo(new Cleaned(0, 0, 0, 0));
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  void all_providers_are_cleaned_where_none_is_named() {
    rig.failing(GOOGLE, "dead-1", HOPELESS);
    rig.failing("anthropic", "dead-2", HOPELESS);
    assertThat(rig.cleanup.run(Rig.ACTOR))
        .isEqualTo(Map.of(GOOGLE, new Cleaned(1, 1, 0, 0), "anthropic", new Cleaned(1, 1, 0, 0)));
    assertThat(stored()).isZero();
  }

  /// The store takes no deletion of this provider's keys, until [#free].
  private void hold(String provider) throws SQLException {
    outside(
        "CREATE TRIGGER held BEFORE DELETE ON keys WHEN OLD.provider = '%s'".formatted(provider)
            + " BEGIN SELECT RAISE(ABORT, 'held'); END");
  }

  private void free() throws SQLException {
    outside("DROP TRIGGER held");
  }

  private void outside(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + dir + "/one-balance.db");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  @DisplayName("what the store does not take of one provider keeps no other from its cleanup")
  void the_others_are_cleaned_and_the_rest_is_made_up_for() throws Exception {
    var held = rig.failing("anthropic", "dead-1", HOPELESS);
    var gone = rig.failing(GOOGLE, "dead-2", HOPELESS);
    hold("anthropic");
    assertThatThrownBy(() -> rig.cleanup.run(Rig.ACTOR)).isInstanceOf(StoreTrouble.class);
    assertThat(rig.keyring.find(gone)).isEmpty();
    assertThat(rig.keyring.find(held)).isPresent();
    free();
    assertThat(rig.cleanup.run(Rig.ACTOR)).containsEntry("anthropic", new Cleaned(0, 1, 0, 0));
    assertThat(rig.keyring.find(held)).isEmpty();
  }

  @Test
  void a_key_that_somebody_unblocked_meanwhile_is_looked_at_anew() throws Exception {
    var id = rig.failing(GOOGLE, "dead-1", HOPELESS);
    hold(GOOGLE);
    assertThatThrownBy(() -> rig.cleanup.run(Rig.ACTOR)).isInstanceOf(StoreTrouble.class);
    free();
    rig.keyring.unblock(Rig.ids(id), Rig.ACTOR);
    assertThat(rig.cleanup.run(Rig.ACTOR)).containsEntry(GOOGLE, new Cleaned(0, 0, 0, 0));
    assertThat(rig.keyring.find(id)).isPresent();
  }

  @Test
  @DisplayName("a cleanup that the store did not take comes again before the next day")
  void the_night_shift_comes_again() throws Exception {
    var id = rig.failing(GOOGLE, "dead-1", HOPELESS);
    var evening = Instant.parse("2026-11-21T22:00:00Z");
    var shift =
        new CleanupJob(
            rig.cleanup, () -> Schedule.of("0 0 * * *"), CleanupJob.Shift.alone(evening));
    hold(GOOGLE);
    shift.check(evening.plus(Duration.ofMinutes(121)));
    assertThat(rig.keyring.find(id)).isPresent();
    free();
    shift.check(evening.plus(Duration.ofMinutes(122)));
    assertThat(rig.keyring.find(id)).isEmpty();
  }

  @Test
  void the_night_shift_cleans_up_once_when_its_time_has_come() {
    var id = rig.failing(GOOGLE, "dead-1", HOPELESS);
    var evening = Instant.parse("2026-11-21T22:00:00Z");
    var shift =
        new CleanupJob(
            rig.cleanup, () -> Schedule.of("0 0 * * *"), CleanupJob.Shift.alone(evening));
    shift.check(evening.plus(Duration.ofMinutes(119)));
    assertThat(rig.keyring.find(id)).isPresent();
    shift.check(evening.plus(Duration.ofMinutes(121)));
    assertThat(rig.keyring.find(id)).isEmpty();
    var second = rig.failing(GOOGLE, "dead-2", HOPELESS);
    shift.check(evening.plus(Duration.ofMinutes(125)));
    assertThat(rig.keyring.find(second)).isPresent();
  }
}
