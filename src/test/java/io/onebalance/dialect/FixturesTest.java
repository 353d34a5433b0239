package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The conversations of `rosetta` are sound before any translator is asked.
class FixturesTest {
  private static final String DIALECT = "(openai|responses|anthropic|gemini)";
  private static final Pattern FILE =
      Pattern.compile(
          "(request|answer)\\."
              + DIALECT
              + "\\.json|answer\\."
              + DIALECT
              + "\\.sse"
              + "|(request|answer)\\.("
              + DIALECT
              + "|others|any)-to-"
              + DIALECT
              + "\\.json"
              + "|(targets|told|refused|failure)\\.json");

  static List<Conversation> conversations() {
    return Conversation.all();
  }

  static Stream<String> dialects() {
    return Shape.DIALECTS.stream();
  }

  @Test
  void there_are_many_conversations() {
    assertThat(conversations()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void a_folder_holds_known_files_a_request_and_all_targets(Conversation conversation) {
    assertThat(conversation.files()).allMatch(file -> FILE.matcher(file).matches());
    assertThat(dialects().anyMatch(name -> conversation.request(name).isPresent())).isTrue();
    dialects().forEach(name -> assertThat(conversation.target(name).model()).as(name).isNotEmpty());
  }

  /// A careful client that gathers the stream has the same as one that took the answer whole.
  @ParameterizedTest
  @MethodSource("conversations")
  void a_stream_and_a_whole_answer_say_the_same(Conversation conversation) {
    for (var dialect : Shape.DIALECTS) {
      var shape = Shape.of(dialect);
      var stream = conversation.stream(dialect);
      var whole = conversation.answer(dialect);
      if (stream.isPresent() && whole.isPresent()) {
        var gathered = shape.gathered(Speaker.events(stream.get()));
        assertThat(Differences.of(shape.answer(whole.get()), shape.answer(gathered)))
            .as(dialect)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void a_broken_stream_has_no_clean_end(String dialect) {
    var shape = Shape.of(dialect);
    for (var name : List.of("stream-cut", "stream-error")) {
      var events = Speaker.events(Conversation.named(name).stream(dialect).orElseThrow());
      assertThat(events).noneMatch(shape::isCleanEnd);
      assertThat(shape.isError(events.getLast())).isEqualTo(name.equals("stream-error"));
    }
  }
}
