package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whatever stands in the place of a member: it is understood, passed over or refused, and nothing
/// else happens. Every member of a conversation is replaced, one at a time.
class OddMembersTest {
  /// Conversations that have every kind of member between them.
  private static final List<String> TELLING =
      List.of(
          "answer-by-schema",
          "hosted-tool",
          "legacy-function-results",
          "parallel-calls",
          "pdf",
          "redacted-thought",
          "refusal",
          "signed-call");

  private static final List<String> STREAMED = List.of("refusal", "signed-call");

  private static final List<JsonNode> ODD =
      Stream.of(
              "null",
              "true",
              "\"\"",
              "\"odd\"",
              "\"\\uD83D\\uDE00 \\uD800\"",
              "\"7\"",
              "-1",
              "1.5",
              "1e400",
              "99999999999999999999",
              "[]",
              "[null]",
              "[[]]",
              "[7, \"odd\", {}]",
              "{}",
              "{\"type\": \"odd\"}")
          .map(text -> Json.read(text).orElseThrow())
          .toList();

  record Told(Conversation conversation, Speaker by) {
    @Override
    public String toString() {
      return conversation + ": " + by.name();
    }
  }

  static Stream<Told> requests() {
    return told().filter(told -> told.conversation.request(told.by.name()).isPresent());
  }

  static Stream<Told> answers() {
    return told().filter(told -> told.conversation.answer(told.by.name()).isPresent());
  }

  /// Fewer, since each of their events is changed in the whole stream.
  static Stream<Told> streams() {
    return told()
        .filter(told -> STREAMED.contains(told.conversation.toString()))
        .filter(told -> told.conversation.stream(told.by.name()).isPresent());
  }

  private static Stream<Told> told() {
    return TELLING.stream()
        .map(Conversation::named)
        .flatMap(conversation -> Speaker.ALL.stream().map(by -> new Told(conversation, by)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void an_odd_request_is_written_or_refused(Told told) {
    var body = told.conversation.request(told.by.name()).orElseThrow();
    withEachOdd(
        body,
        odd -> {
          try {
            var request = told.by.client().read(odd);
            Speaker.ALL.forEach(to -> written(told.conversation, request, to));
          } catch (BadRequest refused) {
            assertThat(refused.where()).isNotEmpty();
          }
        });
  }

  private static void written(Conversation conversation, ChatRequest request, Speaker to) {
    try {
      Json.bytes(to.provider().write(request, conversation.target(to.name())).body());
    } catch (BadRequest refused) {
      assertThat(refused.where()).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void an_odd_answer_is_told_or_unreadable(Told told) {
    var answer = told.conversation.answer(told.by.name()).orElseThrow();
    withEachOdd(
        answer,
        odd -> {
          try {
            var reply = told.by.provider().read(odd, Speaker.REQUEST_ID);
            for (var to : Speaker.ALL) {
              if (told.conversation.request(to.name()).isPresent()) {
                to.client().write(reply, told.conversation.envelope(to, false));
              }
            }
          } catch (UnreadableAnswer unreadable) {
            assertThat(unreadable).hasMessageNotContaining("odd");
          }
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void an_odd_event_is_told_or_ends_the_stream(Told told) {
    var events = Speaker.events(told.conversation.stream(told.by.name()).orElseThrow());
    var pieces = events.stream().map(event -> bytes(event.type(), event.text())).toList();
    for (var at = 0; at < events.size(); at++) {
      var place = at;
      var type = events.get(at).type();
      Json.read(events.get(at).text())
          .filter(JsonNode::isContainer)
          .ifPresent(data ->
              withEachOdd(
                  data,
                  odd -> {
                    var changed = new ArrayList<>(pieces);
                    changed.set(place, bytes(type, Json.text(odd)));
                    heard(told, changed);
                  }));
    }
  }

  private static void heard(Told told, List<byte[]> pieces) {
    var deltas = told.by.heard(pieces);
    assertThat(deltas).isNotEmpty();
    for (var to : Speaker.ALL) {
      if (told.conversation.request(to.name()).isPresent()) {
        to.told(deltas, told.conversation.envelope(to, true));
      }
    }
  }

  private static byte[] bytes(String type, String data) {
    return type.isEmpty() || type.equals("message")
        ? Written.data(data)
        : Written.event(type, data);
  }

  private static void withEachOdd(JsonNode whole, Consumer<JsonNode> use) {
    var copy = whole.deepCopy();
    walk(copy, copy, use);
  }

  private static void walk(JsonNode node, JsonNode whole, Consumer<JsonNode> use) {
    switch (node) {
      case ObjectNode object -> {
        for (var name : List.copyOf(object.propertyNames())) {
          var own = object.get(name);
          for (var odd : ODD) {
            object.set(name, odd);
            tried(whole, use);
          }
          object.remove(name);
          tried(whole, use);
          object.set(name, own);
          walk(own, whole, use);
        }
      }
      case ArrayNode array -> {
        for (var i = 0; i < array.size(); i++) {
          var own = array.get(i);
          for (var odd : ODD) {
            array.set(i, odd);
            tried(whole, use);
          }
          array.set(i, own);
          walk(own, whole, use);
        }
      }
      default -> {}
    }
  }

  private static void tried(JsonNode whole, Consumer<JsonNode> use) {
    try {
      use.accept(whole);
    } catch (RuntimeException broken) {
      throw new AssertionError(Json.text(whole), broken);
    }
  }
}
