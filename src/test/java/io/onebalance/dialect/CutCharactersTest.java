package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A character that a provider cuts in two: JSON lets it write each half of a surrogate pair alone.
class CutCharactersTest {
  private static final Conversation PLAIN = Conversation.named("plain");

  @ParameterizedTest
  @ValueSource(strings = {"openai", "responses", "anthropic", "gemini"})
  @DisplayName("F47 a client gets both halves of a character that comes in two events")
  void both_halves_arrive(String name) {
    var to = Speaker.named(name).orElseThrow();
    var writer = to.client().stream(PLAIN.envelope(to, true));
    var stream = new ByteArrayOutputStream();
    for (var text : List.of("sun \uD83C", "\uDF1E in Lisboa")) {
      stream.writeBytes(writer.write(new Delta.Text(0, text)));
    }
    stream.writeBytes(writer.write(new Delta.Finished(0, FinishReason.STOP, Optional.empty())));
    stream.writeBytes(writer.end());
    assertThat(text(to.heard(List.of(stream.toByteArray()))))
        .isEqualTo("sun \uD83C\uDF1E in Lisboa");
  }

  private static String text(List<Delta> deltas) {
    return deltas.stream()
        .filter(Delta.Text.class::isInstance)
        .map(delta -> ((Delta.Text) delta).text())
        .collect(Collectors.joining());
  }
}
