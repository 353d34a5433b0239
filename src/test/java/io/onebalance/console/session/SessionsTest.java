package io.onebalance.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.secret.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Secret KEY = new Secret("a gateway key that opens");

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Set<Secret> good = new HashSet<>(Set.of(KEY));
  private final Sessions sessions = new Sessions(() -> now, new SecureRandom(), good::contains);

  @Test
  @DisplayName("S15 a token is 256 bits of chance and finds its session")
  void a_token_finds_its_session() {
    var token = sessions.open(KEY, "somebody");

    assertThat(token).hasSize(43);
    assertThat(sessions.open(KEY, "somebody")).isNotEqualTo(token);
    assertThat(sessions.find(token)).map(Session::actor).contains("somebody");
    assertThat(sessions.find(token + "x")).isEmpty();
    assertThat(sessions.find("")).isEmpty();
  }

  @Test
  @DisplayName("S15 a session nobody uses ends after twelve hours")
  void idle_sessions_end() {
    var token = sessions.open(KEY, "somebody");

    pass(Sessions.IDLE.minusSeconds(1));
    assertThat(sessions.find(token)).isPresent();
    pass(Sessions.IDLE.minusSeconds(1));
    assertThat(sessions.find(token)).isPresent();
    pass(Sessions.IDLE);
    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  @DisplayName("S15 a session in use ends after seven days all the same")
  void sessions_end_at_last() {
    var token = sessions.open(KEY, "somebody");
    for (var hour = 1; hour < 7 * 24; hour++) {
      pass(Duration.ofHours(1));
      assertThat(sessions.find(token)).isPresent();
    }

    pass(Duration.ofHours(1));

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  @DisplayName("S15 a session ends with the gateway key that opened it, for good")
  void sessions_end_with_their_key() {
    var token = sessions.open(KEY, "somebody");
    good.clear();
    assertThat(sessions.find(token)).isEmpty();

    good.add(KEY);

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  @DisplayName("D40 logging out ends the session")
  void closing_ends_it() {
    var token = sessions.open(KEY, "somebody");

    sessions.close(token);

    assertThat(sessions.find(token)).isEmpty();
  }

  @Test
  void the_oldest_ends_where_there_are_too_many() {
    var first = sessions.open(KEY, "first");
    var second = sessions.open(KEY, "second");
    for (var i = 0; i < Sessions.MOST - 1; i++) {
      sessions.open(KEY, "more");
    }

    assertThat(sessions.find(first)).isEmpty();
    assertThat(sessions.find(second)).isPresent();
  }

  @Test
  void a_notice_is_shown_once() {
    var session = sessions.find(sessions.open(KEY, "somebody")).orElseThrow();
    session.leave(Notice.done("Saved."));

    assertThat(session.take()).map(Notice::text).contains("Saved.");
    assertThat(session.take()).isEmpty();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
