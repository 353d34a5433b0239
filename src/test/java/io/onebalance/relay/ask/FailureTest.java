package io.onebalance.relay.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.ApiKey;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.relay.ask.once.Attempt;
import io.onebalance.relay.ask.once.Declined;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Trouble;
import io.onebalance.relay.ask.trail.Trail;
import io.onebalance.secret.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the client is told of the last failure.
class FailureTest {
  private static final ApiKey KEY =
      new ApiKey("id", "openai", new Secret("secret"), "", "", 1, Instant.EPOCH);

  private static final Optional<Duration> HOUR = Optional.of(Duration.ofHours(1));

  /// How the last attempt ended, and the status and code that follow; code "" stands for the
  /// provider's own words.
  record Case(Verdict verdict, Trouble trouble, int status, String code) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(new Verdict.Faulted("500"), told(500), 500, ""),
        new Case(new Verdict.Overloaded("529", Optional.empty()), told(529), 529, ""),
        new Case(new Verdict.Overloaded("edge", HOUR), told(429), 429, "all_keys_cooling"),
        new Case(
            new Verdict.Overloaded("edge", Optional.empty()), told(429), 502, "all_keys_failed"),
        new Case(new Verdict.Unpermitted("x"), told(403), 502, "all_keys_failed"),
        new Case(new Verdict.Faulted("408"), told(408), 502, "all_keys_failed"),
        new Case(new Verdict.Faulted("x"), new Trouble.Unanswered(true), 504, "timeout"),
        new Case(new Verdict.Faulted("x"), new Trouble.Unanswered(false), 502, "all_keys_failed"),
        new Case(new Verdict.Faulted("x"), new Trouble.Unreached(true), 502, "all_keys_failed"),
        new Case(new Verdict.Faulted("empty"), new Trouble.Misspoken(), 502, "all_keys_failed"),
        new Case(new Verdict.Dead("invalid"), told(401), 502, "all_keys_failed"),
        new Case(new Verdict.Doubted("403"), told(403), 502, "all_keys_failed"),
        new Case(new Verdict.Astray("2009"), told(401), 502, "all_keys_failed"),
        new Case(new Verdict.Exhausted("credit", Duration.ZERO), told(402), 502, "all_keys_failed"),
        new Case(new Verdict.NoAccess("x", Duration.ZERO), told(404), 502, "all_keys_failed"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("D27, D37 a provider's failure in its own words, never a key's own 401 or 403")
  void tells_the_last_failure(Case last) {
    var refused = new Attempt.Refused(KEY, last.verdict, last.trouble);
    var ending = Failure.of(refused, Trail.NONE.and(new Trail.Step.Asked(refused)));
    if (last.code.isEmpty()) {
      assertThat(ending)
          .isInstanceOfSatisfying(
              Ending.Failed.class,
              failed -> assertThat(failed.answer().status()).isEqualTo(last.status));
    } else {
      assertThat(ending)
          .isInstanceOfSatisfying(
              Ending.Exhausted.class,
              exhausted -> {
                assertThat(exhausted.refusal().status()).isEqualTo(last.status);
                assertThat(exhausted.refusal().code()).isEqualTo(last.code);
              });
    }
  }

  private static Trouble told(int status) {
    return new Trouble.Told(
        new Declined(
            KEY, status, HttpHeaders.headers(), Buffer.buffer("words"), () -> new Secret[0]));
  }
}
