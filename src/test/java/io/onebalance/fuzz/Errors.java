package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Fields;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.answer.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Answers of providers. The first line is the status, then come header fields up to an empty line,
/// then the body.
///
/// Every answer has a verdict; no rest is negative or longer than a month; no verdict repeats the
/// body, which may echo a key; and no error that the gateway calls its own touches a key.
final class Errors implements Target {
  private static final Instant NOW = Instant.parse("2026-11-21T12:34:56.789Z");
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final String ECHO = "sk-echo-Zx81Qw7";
  private static final List<Provider> PROVIDERS =
      List.of("openai", "anthropic", "google-ai-studio", "elevenlabs").stream()
          .map(slug -> Catalogue.builtIn().find(slug).orElseThrow())
          .toList();

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var status = parts.number(200, 599);
    var fields = Given.fieldsIn(parts);
    var body = parts.rest();
    for (var provider : PROVIDERS) {
      for (var via : List.of(false, true)) {
        var verdict = provider.judge(new Answer(status, fields, body, via, "/v1/x"), NOW);
        check(verdict);
        if (via) {
          checkGateways(new String(body, StandardCharsets.UTF_8), status, verdict);
        }
        openings(fields, body, via).forEach(opening -> check(provider, opening));
      }
    }
  }

  private static void check(Provider provider, Opening opening) {
    var verdict = provider.judgeOpening(opening, NOW);
    verdict.ifPresent(Errors::check);
    if (verdict.filter(Verdict.Mistaken.class::isInstance).isPresent()) {
      assertThat(provider.mistake(opening).status()).isBetween(400, 499);
    }
  }

  private static List<Opening> openings(Fields fields, byte[] body, boolean via) {
    var half = Arrays.copyOf(body, body.length / 2);
    var type = Optional.ofNullable(fields.first("content-type")).orElse("application/json");
    return List.of(
        new Opening(200, type, body, true, via),
        new Opening(200, type, half, false, via),
        new Opening(200, "text/event-stream", body, true, via),
        new Opening(200, "text/event-stream", half, false, via));
  }

  private static void check(Verdict verdict) {
    assertThat(verdict.toString()).doesNotContain(ECHO).matches("\\P{Cntrl}*");
    rest(verdict).ifPresent(rest -> assertThat(rest).isBetween(Duration.ZERO, LONGEST));
  }

  private static void checkGateways(String body, int status, Verdict verdict) {
    if (status >= 300 && body.equals("{\"name\":\"AiGatewayError\"}")) {
      assertThat(verdict)
          .isInstanceOfAny(
              Verdict.Astray.class,
              Verdict.Mistaken.class,
              Verdict.Faulted.class,
              Verdict.Overloaded.class);
    }
  }

  private static Optional<Duration> rest(Verdict verdict) {
    return switch (verdict) {
      case Verdict.NoAccess(_, var rest) -> Optional.of(rest);
      case Verdict.Exhausted(_, var rest) -> Optional.of(rest);
      case Verdict.Limited(_, var rest, _) -> rest;
      case Verdict.Overloaded(_, var rest) -> rest;
      case Verdict.Served _,
          Verdict.Mistaken _,
          Verdict.Dead _,
          Verdict.Doubted _,
          Verdict.Unpermitted _,
          Verdict.Faulted _,
          Verdict.Astray _ ->
          Optional.empty();
    };
  }
}
