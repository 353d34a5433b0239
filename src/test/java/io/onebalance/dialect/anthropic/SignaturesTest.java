package io.onebalance.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Signature.Maker;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Signatures on their way through a client of this dialect and back.
class SignaturesTest {
  private static JsonNode told(boolean thinking, Part... parts) {
    var choice =
        new Reply.Choice(List.of(parts), FinishReason.STOP, Optional.empty(), Optional.empty());
    return new AnthropicClient()
        .write(new Reply(List.of(choice), Optional.empty()), Say.envelope(thinking))
        .path("content");
  }

  /// The conversation in which the client hands this content back.
  private static ChatRequest handedBack(JsonNode content) {
    var body = (ObjectNode) Say.json("{'model': 'mine', 'messages': [{'role': 'assistant'}]}");
    ((ObjectNode) body.path("messages").path(0)).set("content", content);
    return new AnthropicClient().read(body);
  }

  private static List<Part> back(Part... parts) {
    return handedBack(told(true, parts)).messages().getFirst().parts();
  }

  private static Part.ToolCall signed(String id, Maker maker) {
    return new Part.ToolCall(ToolName.of("weather"), id, "{}", Say.by(maker, "sig-" + id));
  }

  @Test
  void a_thought_of_anthropic_passes_unchanged() {
    var thought = new Part.Thinking("Hm.", Say.by(Maker.ANTHROPIC, "own"));
    assertThat(told(true, thought).path(0).path("signature").asString("")).isEqualTo("own");
    assertThat(back(thought)).containsExactly(thought);
  }

  @Test
  void calls_that_gemini_signed_come_back_signed() {
    var unsigned = Say.call("time", "b", "{}");
    var parts = back(signed("a", Maker.GEMINI), unsigned, signed("c", Maker.GEMINI));
    assertThat(parts)
        .containsExactly(signed("a", Maker.GEMINI), unsigned, signed("c", Maker.GEMINI));
  }

  @Test
  void an_unsigned_thought_carries_the_signature_of_the_call_after_it() {
    var thought = new Part.Thinking("Hm.", Optional.empty());
    var content = told(true, thought, signed("a", Maker.GEMINI));
    assertThat(content).hasSize(2);
    assertThat(handedBack(content).messages().getFirst().parts())
        .containsExactly(thought, signed("a", Maker.GEMINI));
  }

  @Test
  void texts_that_gemini_signed_come_back_signed() {
    var text = new Part.Text("Yes.", Say.by(Maker.GEMINI, "sig"));
    assertThat(back(text)).containsExactly(text);
  }

  @Test
  void thoughts_that_others_signed_come_back_signed() {
    var thought = new Part.Thinking("Hm.", Say.by(Maker.OPENAI, "sig"));
    var dark = new Part.RedactedThinking(new Signature(Maker.OPENAI, "dark"));
    assertThat(back(thought, dark)).containsExactly(thought, dark);
  }

  @Test
  void a_seal_that_was_changed_restores_nothing() {
    var content = told(true, signed("a", Maker.GEMINI));
    ((ObjectNode) content.path(0)).put("signature", "ob1.changed!");
    assertThat(handedBack(content).messages().getFirst().parts())
        .containsExactly(Say.call("weather", "a", "{}"));
  }

  @Test
  void a_client_without_thinking_hears_of_no_thoughts() {
    var content =
        told(
            false,
            new Part.Thinking("Hm.", Say.by(Maker.ANTHROPIC, "own")),
            new Part.RedactedThinking(new Signature(Maker.ANTHROPIC, "dark")),
            new Part.Text("Yes.", Say.by(Maker.GEMINI, "sig")),
            signed("a", Maker.GEMINI));
    assertThat(content.valueStream().map(block -> block.path("type").stringValue()))
        .containsExactly("text", "tool_use");
  }

  @Test
  void foreign_signatures_never_go_to_anthropic() {
    var turn =
        new Message(
            Message.Role.ASSISTANT,
            List.of(
                new Part.Thinking("Hm.", Say.by(Maker.GEMINI, "secret-1")),
                new Part.Thinking("Hm.", Say.by(Maker.ANTHROPIC, "own")),
                new Part.RedactedThinking(new Signature(Maker.OPENAI, "secret-2")),
                new Part.Text("Yes.", Say.by(Maker.GEMINI, "secret-3")),
                signed("a", Maker.GEMINI)));
    var outgoing = Say.to(Say.ADAPTIVE, Say.asked(Say.user("Hi"), turn));
    assertThat(Json.text(outgoing.body()))
        .contains("\"signature\":\"own\"")
        .doesNotContain("secret", "sig-a");
    assertThat(outgoing.dropped()).contains("thinking");
  }
}
