package io.onebalance.relay.ask.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.ApiKey;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Trouble;
import io.onebalance.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrailTest {
  private static final Verdict DEAD = new Verdict.Dead("invalid");
  private static final Verdict DOUBTED = new Verdict.Doubted("401");
  private static final Verdict FAULTED = new Verdict.Faulted("500");
  private static final Verdict OVERLOADED = new Verdict.Overloaded("503", Optional.empty());
  private static final Verdict LIMITED =
      new Verdict.Limited(Verdict.Window.MINUTE, Optional.empty(), Optional.empty());

  @Test
  void begins_with_nothing() {
    assertThat(Trail.NONE.attempts()).isZero();
    assertThat(Trail.NONE.faults()).isZero();
    assertThat(Trail.NONE.unheard()).isZero();
    assertThat(Trail.NONE.waited()).isZero();
    assertThat(Trail.NONE.again()).isEmpty();
    assertThat(Trail.NONE.last()).isEmpty();
    assertThat(Trail.NONE.finished()).isEmpty();
    assertThat(Trail.NONE.story()).isEmpty();
  }

  @Test
  void counts_attempts_rests_and_faults() {
    var trail =
        refused(
            refused(rested(refused(Trail.NONE, "a", LIMITED), 300), "b", FAULTED), "b", OVERLOADED);
    trail = rested(trail, 200);
    assertThat(trail.attempts()).isEqualTo(3);
    assertThat(trail.waited()).isEqualTo(Duration.ofMillis(500));
    assertThat(trail.faults()).isEqualTo(2);
    assertThat(trail.met(Trouble.Misspoken.class)).isEqualTo(2);
    assertThat(trail.met(Trouble.Told.class)).isZero();
    assertThat(trail.last().map(Attempt.Refused::verdict)).contains(OVERLOADED);
  }

  @Test
  @DisplayName("keys that refused for a reason of their own are done with; limited ones may return")
  void knows_who_is_finished() {
    var trail = refused(refused(refused(Trail.NONE, "a", DEAD), "b", DOUBTED), "c", LIMITED);
    trail = refused(trail, "d", FAULTED);
    trail = refused(trail, "e", new Verdict.Exhausted("credit", Duration.ofHours(1)));
    trail = refused(trail, "f", new Verdict.NoAccess("no access", Duration.ofHours(1)));
    assertThat(trail.finished()).containsExactlyInAnyOrder("a", "b", "e", "f");
    assertThat(trail.doubted().keySet()).extracting(ApiKey::id).containsExactly("b");
  }

  @Test
  @DisplayName("the same key is asked again after what was not its doing")
  void knows_whom_to_ask_again() {
    assertThat(refused(Trail.NONE, "a", FAULTED).again()).contains("a");
    assertThat(refused(Trail.NONE, "a", OVERLOADED).again()).contains("a");
    assertThat(refused(Trail.NONE, "a", LIMITED).again()).isEmpty();
    assertThat(unheard(Trail.NONE, "a").again()).contains("a");
    assertThat(rested(refused(Trail.NONE, "a", FAULTED), 1).again()).isEmpty();
  }

  @Test
  @DisplayName("F31 what was not heard counts in a row")
  void counts_the_unheard_in_a_row() {
    var trail = unheard(unheard(Trail.NONE, "a"), "a");
    assertThat(trail.unheard()).isEqualTo(2);
    assertThat(trail.attempts()).isEqualTo(2);
    assertThat(trail.faults()).isZero();
    assertThat(refused(trail, "a", FAULTED).unheard()).isZero();
  }

  @Test
  @DisplayName("P20 the story masks the keys")
  void tells_a_masked_story() {
    var trail = rested(refused(Trail.NONE, "sk-proj-a-long-secret-9876", DEAD), 40);
    assertThat(unheard(trail, "short").story())
        .isEqualTo("…9876 is dead (invalid); waited 40 ms; … was not heard (GOAWAY)");
  }

  private static Trail refused(Trail trail, String key, Verdict verdict) {
    var refused = new Attempt.Refused(key(key), verdict, new Trouble.Misspoken());
    return trail.and(new Trail.Step.Asked(refused));
  }

  private static Trail unheard(Trail trail, String key) {
    return trail.and(new Trail.Step.Unheard(key(key), "GOAWAY"));
  }

  private static Trail rested(Trail trail, long millis) {
    return trail.and(new Trail.Step.Rested(Duration.ofMillis(millis)));
  }

  private static ApiKey key(String text) {
    return new ApiKey(text, "openai", new Secret(text), "", "", 1, Instant.EPOCH);
  }
}
