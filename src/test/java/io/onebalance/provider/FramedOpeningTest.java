package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.wire.EventFrame;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bedrock's streams that begin with an exception: a 200 that is none.
class FramedOpeningTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Provider BEDROCK = Catalogue.builtIn().find("aws-bedrock").orElseThrow();

  private static Optional<Verdict> judged(byte[] bytes, boolean complete) {
    var type = "application/vnd.amazon.eventstream";
    return BEDROCK.judgeOpening(new Opening(200, type, bytes, complete, false), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException, Limited",
    "modelStreamErrorException, Faulted",
    "internalServerException, Faulted",
    "serviceUnavailableException, Overloaded",
    "modelTimeoutException, Faulted",
    "modelErrorException, Faulted",
    "modelNotReadyException, Overloaded",
    "serviceQuotaExceededException, Limited",
    "accessDeniedException, NoAccess",
    "unrecognizedClientException, Dead",
    "expiredTokenException, Dead",
    "validationException, Mistaken",
    "resourceNotFoundException, Mistaken",
    "somethingNewException, Faulted",
  })
  @DisplayName("F11 the first frame is an exception: it is what it says")
  void an_exception_is_what_it_says(String type, String verdict) {
    var wrong = judged(EventFrame.exception(type, "Sorry."), false).orElseThrow();
    assertThat(wrong.getClass().getSimpleName()).isEqualTo(verdict);
  }

  @Test
  void an_error_without_words_is_a_failure_of_the_provider() {
    var headers = Map.of(":message-type", "error", ":error-code", "500");
    assertThat(judged(EventFrame.of(headers, new byte[0]), false).orElseThrow())
        .isInstanceOf(Verdict.Faulted.class);
  }

  @Test
  void an_event_is_an_answer_whatever_it_tells_of() {
    var event = EventFrame.event("contentBlockDelta", "{\"error\":\":exception-type\"}");
    assertThat(judged(event, false)).isEmpty();
    assertThat(judged(Arrays.copyOf(event, 20), false)).isEmpty();
  }

  @Test
  @DisplayName("F10 a stream without a frame says nothing")
  void no_frame_at_all() {
    assertThat(judged(new byte[0], true).orElseThrow()).isInstanceOf(Verdict.Faulted.class);
  }
}
