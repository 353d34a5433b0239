package io.onebalance.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.dialect.history.Restored;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every dialect to every other and to itself, on all conversations of `rosetta`: what clients ask,
/// what they hear whole, and what they hear piece by piece.
class RosettaTest {
  /// Streams up to so many bytes are cut at every one, longer ones at fewer places.
  private static final int CUT_EVERYWHERE = 20_000;

  private static final int HUGE = 200_000;

  /// All folders, and some of them with arguments of 200 kB.
  private static final List<Conversation> CONVERSATIONS =
      Stream.concat(
              Conversation.all().stream(),
              Stream.of("one-tool", "tool-round-trip", "interleaved-calls")
                  .map(name -> Conversation.named(name).longer(HUGE)))
          .toList();

  /// One conversation from one dialect to another.
  record Pair(Conversation conversation, Speaker from, Speaker to) {
    @Override
    public String toString() {
      return conversation + ": " + from.name() + " to " + to.name();
    }
  }

  /// One conversation in one dialect.
  record Told(Conversation conversation, Speaker by) {
    @Override
    public String toString() {
      return conversation + ": " + by.name();
    }
  }

  static Stream<Pair> pairs() {
    return CONVERSATIONS.stream()
        .flatMap(conversation ->
            Speaker.ALL.stream()
                .flatMap(from -> Speaker.ALL.stream().map(to -> new Pair(conversation, from, to))));
  }

  static Stream<Pair> requests() {
    return pairs()
        .filter(pair -> pair.conversation.request(pair.from.name()).isPresent())
        .filter(pair -> pair.conversation.asked(pair.from.name(), pair.to.name()).isPresent());
  }

  static Stream<Pair> refused() {
    return pairs().filter(pair -> pair.conversation.refuses(pair.from.name(), pair.to.name()));
  }

  static Stream<Pair> answers() {
    return pairs()
        .filter(pair -> pair.conversation.answer(pair.from.name()).isPresent())
        .filter(RosettaTest::isHeard);
  }

  static Stream<Pair> streams() {
    return pairs()
        .filter(pair -> pair.conversation.stream(pair.from.name()).isPresent())
        .filter(pair -> pair.conversation.failure().isEmpty())
        .filter(RosettaTest::isHeard);
  }

  static Stream<Pair> brokenStreams() {
    return pairs()
        .filter(pair -> pair.conversation.stream(pair.from.name()).isPresent())
        .filter(pair -> pair.conversation.failure().isPresent());
  }

  static Stream<Told> streamed() {
    return CONVERSATIONS.stream()
        .flatMap(conversation -> Speaker.ALL.stream().map(by -> new Told(conversation, by)))
        .filter(told -> told.conversation.stream(told.by.name()).isPresent());
  }

  private static boolean isHeard(Pair pair) {
    return pair.conversation.request(pair.to.name()).isPresent()
        && pair.conversation.heard(pair.from.name(), pair.to.name()).isPresent();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @DisplayName("D33 a request says the same to a provider of every dialect")
  @MethodSource("requests")
  void a_request_says_the_same_to_a_provider_of_every_dialect(Pair pair) {
    var request = pair.from.client().read(asks(pair));
    var outgoing = pair.to.provider().write(request, pair.conversation.target(pair.to.name()));
    var shape = pair.to.shape();
    var expected = pair.conversation.asked(pair.from.name(), pair.to.name()).orElseThrow();
    same(shape.request(expected), shape.request(outgoing.body()), outgoing.body());
    var between = pair.from.name() + "-to-" + pair.to.name();
    if (pair.conversation.told().contains(between)) {
      assertThat(outgoing.dropped()).as("what is left out is told").isNotEmpty();
    } else {
      assertThat(outgoing.dropped()).as("nothing is left out").isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("refused")
  void a_request_that_a_provider_cannot_carry_out_is_refused(Pair pair) {
    var request = pair.from.client().read(asks(pair));
    var target = pair.conversation.target(pair.to.name());
    assertThatExceptionOfType(BadRequest.class)
        .isThrownBy(() -> pair.to.provider().write(request, target));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("answers")
  void an_answer_says_the_same_to_a_client_of_every_dialect(Pair pair) {
    var answer = pair.conversation.answer(pair.from.name()).orElseThrow();
    var read = pair.from.provider().read(answer, Speaker.REQUEST_ID);
    var reply = Restored.reply(read, renamed(pair));
    var written = pair.to.client().write(reply, pair.conversation.envelope(pair.to, false));
    var expected = pair.conversation.heard(pair.from.name(), pair.to.name()).orElseThrow();
    same(pair.to.shape().answer(expected), pair.to.shape().answer(written), written);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @DisplayName("D33 a stream says the same to a client of every dialect")
  @MethodSource("streams")
  void a_stream_says_the_same_to_a_client_of_every_dialect(Pair pair) {
    var stream = pair.conversation.stream(pair.from.name()).orElseThrow();
    var envelope = pair.conversation.envelope(pair.to, true);
    var events = pair.to.told(pair.from.heard(List.of(stream), renamed(pair)), envelope);
    var gathered = pair.to.shape().gathered(events);
    var expected = pair.conversation.heard(pair.from.name(), pair.to.name()).orElseThrow();
    same(pair.to.shape().answer(expected), pair.to.shape().answer(gathered), gathered);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("brokenStreams")
  void a_stream_that_breaks_has_an_error_and_no_clean_end(Pair pair) {
    var stream = pair.conversation.stream(pair.from.name()).orElseThrow();
    var deltas = pair.from.heard(List.of(stream));
    assertThat(deltas.getLast()).isInstanceOf(Delta.Failed.class);
    if (deltas.getLast() instanceof Delta.Failed(var failure)) {
      assertThat(failure.kind().name()).matches(kind(pair.conversation));
    }
    var events = pair.to.told(deltas, pair.conversation.envelope(pair.to, true));
    assertThat(pair.to.shape().isError(events.getLast())).as(events.getLast().text()).isTrue();
    assertThat(events).noneMatch(pair.to.shape()::isCleanEnd);
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("streamed")
  void a_stream_gathers_to_the_answer_that_comes_whole(Told told) {
    var whole = told.conversation.answer(told.by.name());
    var gathering = new Gathering();
    told.by.heard(List.of(stream(told))).forEach(gathering::add);
    assertThat(gathering.failure().isPresent()).isEqualTo(told.conversation.failure().isPresent());
    whole.ifPresent(body ->
        assertThat(gathering.reply()).isEqualTo(told.by.provider().read(body, Speaker.REQUEST_ID)));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("streamed")
  void a_stream_says_the_same_wherever_it_is_cut(Told told) {
    var stream = stream(told);
    var whole = told.by.heard(List.of(stream));
    var step = stream.length <= CUT_EVERYWHERE ? 1 : stream.length / 61;
    for (var cut = 1; cut < stream.length; cut += step) {
      assertThat(told.by.heard(cutAt(stream, cut))).as("cut at %d", cut).isEqualTo(whole);
    }
    assertThat(told.by.heard(bytes(stream))).as("byte by byte").isEqualTo(whole);
    var returns = new String(stream, UTF_8).replace("\n", "\r\n").getBytes(UTF_8);
    assertThat(told.by.heard(List.of(returns))).as("with CRLF").isEqualTo(whole);
    assertThat(told.by.heard(bytes(returns))).as("with CRLF, byte by byte").isEqualTo(whole);
  }

  /// The tools that the provider knew by other names when it was asked for this answer.
  private static Map<String, ToolName> renamed(Pair pair) {
    var asked = pair.conversation.request(pair.to.name()).orElseThrow();
    var target = pair.conversation.target(pair.from.name());
    return pair.from.provider().write(pair.to.client().read(asked), target).renamed();
  }

  private static JsonNode asks(Pair pair) {
    return pair.conversation.request(pair.from.name()).orElseThrow();
  }

  private static byte[] stream(Told told) {
    return told.conversation.stream(told.by.name()).orElseThrow();
  }

  private static String kind(Conversation conversation) {
    return conversation.failure().orElseThrow().replace("<any>", ".*");
  }

  private static List<byte[]> cutAt(byte[] stream, int cut) {
    return List.of(
        Arrays.copyOfRange(stream, 0, cut), Arrays.copyOfRange(stream, cut, stream.length));
  }

  private static List<byte[]> bytes(byte[] stream) {
    return IntStream.range(0, stream.length).mapToObj(i -> new byte[] {stream[i]}).toList();
  }

  private static void same(JsonNode expected, JsonNode actual, JsonNode written) {
    assertThat(Differences.of(expected, actual))
        .as("differences in\n%s\n", abridged(written))
        .isEmpty();
  }

  private static String abridged(JsonNode written) {
    var text = Json.text(written);
    return text.length() <= 3_000 ? text : text.substring(0, 3_000) + "…";
  }
}
