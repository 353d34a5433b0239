package io.onebalance.key.quota.guess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Refusals that name nothing, and what comes after them.
class DoubtTest {
  private static final long SECOND = 1000;

  private final Clues clues = new Clues(60 * SECOND);
  private final Doubt doubt = new Doubt(clues);
  private long now;

  /// So many requests of the minute, of a hundred tokens each.
  private static Doubt.Reached reached(int requests) {
    return new Doubt.Reached(requests, requests, 100L * requests, 100L * requests);
  }

  private boolean refused(boolean told, int requests) {
    doubt.refused(reached(requests));
    return doubt.delays(told, now, now + SECOND);
  }

  private void served(int requests) {
    doubt.served(now, reached(requests));
  }

  /// The provider refuses by chance: what comes after the rest is served, and more than before.
  private void whims(int count) {
    for (var i = 0; i < count; i++) {
      refused(true, 10);
      now += SECOND;
      served(11);
      now += SECOND;
    }
  }

  @Test
  void a_rest_that_is_too_short_for_a_limit_is_waited_for_and_a_second_refusal_believed() {
    assertThat(refused(true, 10)).isTrue();
    now += SECOND - 1;
    assertThat(refused(true, 10)).as("asked before the rest was over").isTrue();
    now += SECOND;
    assertThat(refused(true, 10)).isFalse();
    assertThat(refused(true, 10)).as("until the key is served").isFalse();
    served(10);
    assertThat(refused(true, 10)).isTrue();
  }

  @Test
  void of_refusals_that_tell_nothing_the_first_are_tried_and_then_a_few() {
    var tried =
        IntStream.rangeClosed(1, 64)
            .filter(_ -> {
              var waits = refused(false, 10);
              now += SECOND;
              served(10);
              return waits;
            })
            .toArray();
    assertThat(tried).containsExactly(1, 2, 16, 32, 48, 64);
  }

  @Test
  void a_provider_that_refuses_by_chance_is_believed_after_three_refusals_in_a_row() {
    whims(3);
    assertThat(clues.areWhims()).isFalse();
    var before = clues.turns();
    whims(1);
    assertThat(clues.areWhims()).isTrue();
    assertThat(clues.turns()).as("keys think again").isEqualTo(before + 1);
    whims(6);
    for (var row = 0; row < 3; row++) {
      assertThat(refused(false, 10)).isTrue();
      now += SECOND;
    }
    assertThat(refused(false, 10)).isFalse();
  }

  @Test
  void what_a_limit_would_have_allowed_shows_no_whim() {
    for (var i = 0; i < 20; i++) {
      refused(true, 10);
      now += SECOND;
      served(10);
      doubt.served(now, new Doubt.Reached(11, 3, 1100, 300)); // the clock's minute began anew
      doubt.served(now, new Doubt.Reached(11, 11, 1000, 1000)); // of fewer tokens
      now += SECOND;
    }
    assertThat(clues.areWhims()).isFalse();
  }

  @Test
  void refusals_that_hold_outweigh_whims_again() {
    whims(4);
    for (var i = 0; i < 20; i++) {
      refused(true, 10);
      now += SECOND;
    }
    assertThat(clues.areWhims()).isFalse();
  }
}
