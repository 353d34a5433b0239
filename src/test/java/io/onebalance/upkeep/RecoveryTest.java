package io.onebalance.upkeep;

import static io.onebalance.upkeep.Rig.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.State;
import io.onebalance.provider.answer.Reason;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
  @TempDir Path dir;
  private Rig rig;
  private Recovery recovery;
  private boolean mine = true;
  private Instant start;

  @BeforeEach
  void open() {
    rig = new Rig(dir);
    recovery = new Recovery(rig.keyring, rig.pools, rig.examiner, () -> mine);
    start = rig.clock.instant();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private String blocked(String key, String reason) {
    var id = rig.add(GOOGLE, key);
    rig.keyring.block(Rig.ids(id), reason, Rig.ACTOR);
    return id;
  }

  @Test
  void a_key_whose_api_is_on_again_comes_back_and_is_noted() {
    var id = blocked("well-again", Reason.API_DISABLED);
    assertThat(recovery.check(start)).isEmpty();
    assertThat(recovery.check(start.plus(Recovery.FIRST).minusSeconds(1))).isEmpty();
    assertThat(rig.sandbox.seen().count()).isZero();
    assertThat(recovery.check(start.plus(Recovery.FIRST))).containsExactly(id);
    assertThat(rig.standing(id).state()).isEqualTo(State.ACTIVE);
    var row = rig.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst();
    assertThat(row.actor()).isEqualTo("recovery");
    assertThat(row.action()).isEqualTo("unblock");
  }

  @Test
  void a_key_set_aside_comes_back_when_it_is_served() {
    var id = rig.add(GOOGLE, "was-not-to-blame");
    rig.stands(id, State.SET_ASIDE, 0, Map.of());
    recovery.check(start);
    assertThat(recovery.check(start.plus(Recovery.FIRST))).containsExactly(id);
    assertThat(rig.standing(id).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  @DisplayName(
      "a key out of credit is asked again at growing intervals, with the model it was refused for")
  void a_key_whose_bill_is_paid_comes_back() {
    rig.script.key("poor", Fault.refuses(Plain.NO_CREDIT));
    var id = rig.add(GOOGLE, "poor");
    rig.examiner.examine(GOOGLE, id, "gemini-2.5-flash");
    var known = rig.sandbox.seen().count();
    recovery.check(start);
    assertThat(recovery.check(start.plus(Recovery.FIRST))).isEmpty();
    assertThat(rig.sandbox.seen().count()).isEqualTo(known + 1);
    rig.script.key("poor", Fault.well());
    var second = start.plus(Recovery.FIRST.multipliedBy(3));
    assertThat(recovery.check(second.minusSeconds(1))).isEmpty();
    assertThat(rig.standing(id).coolings()).isNotEmpty();
    assertThat(recovery.check(second)).containsExactly(id);
    assertThat(rig.standing(id).coolings()).isEmpty();
    assertThat(recovery.check(second.plus(Duration.ofDays(2)))).isEmpty();
    assertThat(rig.sandbox.seen().count()).isEqualTo(known + 2);
  }

  @Test
  void a_bill_that_was_paid_is_noticed_by_a_model_that_thinks() {
    rig.script.key("poor", Fault.refuses(Plain.NO_CREDIT));
    var id = rig.add("openai", "poor");
    rig.examiner.examine("openai", id, "gpt-5-mini");
    recovery.check(start);
    rig.script.key("poor", Rig.UNFINISHED);
    assertThat(recovery.check(start.plus(Recovery.FIRST))).containsExactly(id);
    assertThat(rig.standing(id).coolings()).isEmpty();
  }

  @Test
  @DisplayName(
      "F77 another instance tests them; who takes over goes on with the pauses as they are")
  void who_takes_over_goes_on() {
    rig.script.key("still-off", Fault.refuses(Plain.API_DISABLED));
    blocked("still-off", Reason.API_DISABLED);
    mine = false;
    recovery.check(start);
    var second = start.plus(Recovery.FIRST);
    recovery.check(second);
    assertThat(rig.sandbox.seen().count()).isZero();
    mine = true;
    var third = second.plus(Recovery.FIRST.multipliedBy(2));
    recovery.check(third.minusSeconds(1));
    assertThat(rig.sandbox.seen().count()).isZero();
    recovery.check(third);
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  void the_pauses_grow_up_to_a_day() {
    rig.script.key("still-off", Fault.refuses(Plain.API_DISABLED));
    blocked("still-off", Reason.API_DISABLED);
    recovery.check(start);
    var now = start;
    var pause = Recovery.FIRST;
    for (var asked = 1; asked <= 10; asked++) {
      recovery.check(now.plus(pause).minusSeconds(1));
      assertThat(rig.sandbox.seen().count()).isEqualTo(asked - 1);
      now = now.plus(pause);
      assertThat(recovery.check(now)).isEmpty();
      assertThat(rig.sandbox.seen().count()).isEqualTo(asked);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(Recovery.LONGEST) < 0 ? pause : Recovery.LONGEST;
    }
    assertThat(pause).isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Reason.INVALID,
        Reason.LEAKED,
        Reason.SUSPENDED,
        Reason.DEACTIVATED,
        "by hand",
      })
  @DisplayName("a key that is invalid, leaked or suspended is never asked with by itself")
  void dead_keys_are_left_alone(String reason) {
    var id = blocked("dead", reason);
    recovery.check(start);
    assertThat(recovery.check(start.plus(Duration.ofDays(30)))).isEmpty();
    assertThat(rig.sandbox.seen().count()).isZero();
    assertThat(rig.standing(id).state()).isInstanceOf(State.Blocked.class);
  }
}
