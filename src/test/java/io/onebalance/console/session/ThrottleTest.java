package io.onebalance.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final Throttle throttle = new Throttle();

  @Test
  @DisplayName("S17 after five free attempts each failure doubles the wait of the peer")
  void waits_double() {
    var now = START;
    for (var i = 0; i < 5; i++) {
      assertThat(throttle.attempt("peer", now)).isEmpty();
    }
    var waits = new ArrayList<Duration>();
    for (var i = 0; i < 5; i++) {
      var wait = throttle.attempt("peer", now).orElseThrow();
      waits.add(wait);
      now = now.plus(wait);
      assertThat(throttle.attempt("peer", now)).isEmpty();
    }

    assertThat(waits).isEqualTo(List.of(s(1), s(2), s(4), s(8), s(16)));
  }

  @Test
  void waits_have_an_end() {
    var now = START;
    for (var i = 0; i < 40; i++) {
      now = now.plus(throttle.attempt("peer", now).orElse(Duration.ZERO));
      throttle.attempt("peer", now);
    }

    assertThat(throttle.attempt("peer", now))
        .hasValueSatisfying(w -> assertThat(w).isLessThanOrEqualTo(Duration.ofMinutes(15)));
    assertThat(throttle.attempt("peer", now.plus(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void a_refused_attempt_does_not_lengthen_the_wait() {
    for (var i = 0; i < 5; i++) {
      throttle.attempt("peer", START);
    }

    assertThat(throttle.attempt("peer", START)).contains(s(1));
    assertThat(throttle.attempt("peer", START)).contains(s(1));
  }

  @Test
  void the_right_key_forgives_the_wrong_ones() {
    for (var i = 0; i < 5; i++) {
      throttle.attempt("peer", START);
    }

    throttle.succeeded("peer");

    assertThat(throttle.attempt("peer", START)).isEmpty();
  }

  @Test
  @DisplayName("S17 many peers together are slowed too, but not the one who signed in before")
  void all_peers_together_are_slowed() {
    throttle.attempt("owner", START);
    throttle.succeeded("owner");
    for (var i = 0; i < 50; i++) {
      assertThat(throttle.attempt("peer" + i, START)).isEmpty();
    }

    assertThat(throttle.attempt("another", START)).contains(s(1));
    assertThat(throttle.attempt("owner", START)).isEmpty();
  }

  private static Duration s(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
