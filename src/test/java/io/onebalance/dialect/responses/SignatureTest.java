package io.onebalance.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What a model sealed comes back to it by way of a client that hands items back unread.
class SignatureTest {
  private static final String ASKED =
      "{\"model\":\"m\",\"input\":\"Hi\",\"include\":[\"reasoning.encrypted_content\"]}";

  private static Optional<Signature> seal(Maker maker, String value) {
    return Optional.of(new Signature(maker, value));
  }

  @ParameterizedTest
  @EnumSource(Maker.class)
  void a_sealed_thought_comes_back_unchanged(Maker maker) {
    assertComesBack(
        new Part.Thinking("Let me see.", seal(maker, "s=/+")),
        new Part.Thinking("", seal(maker, "hidden")),
        Part.Text.of("Hello"));
  }

  @Test
  void seals_of_gemini_come_back_on_the_parts_they_were_on() {
    assertComesBack(
        new Part.Thinking("Let me see.", Optional.empty()),
        new Part.Text("Hello", seal(Maker.GEMINI, "on the text")),
        new Part.ToolCall(ToolName.of("f"), "c1", "{}", seal(Maker.GEMINI, "on the call")),
        new Part.ToolCall(ToolName.of("f"), "c2", "{}", Optional.empty()),
        new Part.Text("", seal(Maker.GEMINI, "on nothing")));
  }

  @Test
  void a_thought_and_the_seal_of_the_call_behind_it_share_an_item() {
    var thought = new Part.Thinking("Let me see.", Optional.empty());
    var call = new Part.ToolCall(ToolName.of("f"), "c1", "{}", seal(Maker.GEMINI, "s"));
    assertThat(output(thought, call))
        .extracting(item -> item.path("type").asString())
        .containsExactly("reasoning", "function_call");
    assertComesBack(thought, call);
  }

  @Test
  void a_redacted_thought_comes_back_as_such() {
    assertComesBack(
        new Part.Thinking("a", seal(Maker.ANTHROPIC, "first")),
        new Part.RedactedThinking(new Signature(Maker.ANTHROPIC, "redacted")),
        new Part.Thinking("b", seal(Maker.ANTHROPIC, "second")),
        Part.Text.of("Hello"));
  }

  @Test
  void who_did_not_ask_for_encrypted_content_gets_none() {
    var reply =
        reply(
            new Part.Thinking("Let me see.", seal(Maker.ANTHROPIC, "s")),
            new Part.RedactedThinking(new Signature(Maker.ANTHROPIC, "r")),
            new Part.Text("Hello", seal(Maker.GEMINI, "t")),
            new Part.ToolCall(ToolName.of("f"), "c1", "{}", seal(Maker.GEMINI, "c")));
    var envelope = Vectors.envelope("{\"model\":\"m\",\"input\":\"Hi\"}");
    var written = new ResponsesClient().write(reply, envelope);
    assertThat(written.path("output").values())
        .extracting(item -> item.path("type").asString())
        .containsExactly("reasoning", "message", "function_call");
    assertThat(written.toString()).doesNotContain("encrypted_content");
  }

  @Test
  void a_seal_of_ours_that_somebody_changed_seals_nothing() {
    var item = "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"ob1.%%%\"}";
    assertThat(read(Vectors.parsed("[" + item + "]"))).isEmpty();
  }

  @Test
  void a_seal_behind_an_empty_turn_stands_on_an_empty_text() {
    var empty = "{\"role\":\"assistant\",\"content\":[]}";
    var text = Part.Text.of("Hello");
    var seal = new Part.Text("", seal(Maker.GEMINI, "x"));
    var item = Json.text(output(text, seal).getLast());
    assertThat(read(Vectors.parsed("[" + empty + "," + item + "]")))
        .containsExactly(new Message(Message.Role.ASSISTANT, List.of(seal)));
  }

  private static void assertComesBack(Part... parts) {
    var back = Json.array();
    output(parts).forEach(back::add);
    assertThat(read(back)).containsExactly(new Message(Message.Role.ASSISTANT, List.of(parts)));
  }

  private static List<Message> read(JsonNode items) {
    var body = Json.object().put("model", "m").set("input", items);
    return new ResponsesClient().read(body).messages();
  }

  private static List<JsonNode> output(Part... parts) {
    var written = new ResponsesClient().write(reply(parts), Vectors.envelope(ASKED));
    return List.copyOf(written.path("output").values());
  }

  private static Reply reply(Part... parts) {
    var choice =
        new Reply.Choice(List.of(parts), FinishReason.STOP, Optional.empty(), Optional.empty());
    return new Reply(List.of(choice), Optional.empty());
  }
}
