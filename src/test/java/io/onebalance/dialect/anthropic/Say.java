package io.onebalance.dialect.anthropic;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Short words for requests and answers in the tests of this dialect.
public final class Say {
  public static final String REQUEST_ID = "0194f0c2-7b1a-7c3e-9d52-aa01bb02cc03";
  public static final String OLD = "claude-sonnet-4-5";
  public static final String ADAPTIVE = "claude-opus-4-6";
  public static final String NEW = "claude-opus-5-5";

  private Say() {}

  /// JSON with `'` for `"`.
  public static JsonNode json(String text) {
    return Json.read(text.replace('\'', '"')).orElseThrow(() -> new AssertionError(text));
  }

  public static ChatRequest read(String request) {
    return new AnthropicClient().read(json(request));
  }

  /// A request of a client that enabled thinking, or did not.
  public static Envelope envelope(boolean thinking) {
    var enabled = "'thinking': {'type': 'enabled', 'budget_tokens': 2048},";
    var written = "{'model': 'mine', " + (thinking ? enabled : "") + "'messages': []}";
    return new Envelope(REQUEST_ID, 1_760_000_000, read(written), json(written));
  }

  public static ChatRequest asked(Message... messages) {
    return new ChatRequest(
        "mine",
        List.of(messages),
        Tools.NONE,
        Sampling.UNSAID,
        Limits.UNSAID,
        Reasoning.UNSAID,
        new OutputFormat.Text(),
        new Delivery(false, false),
        Map.of());
  }

  public static Outgoing to(String model, ChatRequest request) {
    return new AnthropicProvider().write(request, new Target("anthropic", model));
  }

  public static JsonNode body(String model, ChatRequest request) {
    return to(model, request).body();
  }

  public static Message system(String text) {
    return new Message(Message.Role.SYSTEM, List.of(Part.Text.of(text)));
  }

  public static Message user(String text) {
    return user(Part.Text.of(text));
  }

  public static Message user(Part... parts) {
    return new Message(Message.Role.USER, List.of(parts));
  }

  public static Message assistant(Part... parts) {
    return new Message(Message.Role.ASSISTANT, List.of(parts));
  }

  public static Part.ToolCall call(String name, String id, String arguments) {
    return new Part.ToolCall(ToolName.of(name), id, arguments, Optional.empty());
  }

  public static Optional<Signature> by(Signature.Maker maker, String value) {
    return Optional.of(new Signature(maker, value));
  }
}
