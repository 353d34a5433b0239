package io.onebalance.chat.asked;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a client asks of a model.
///
/// @param model the name as the client wrote it
/// @param extras members that have no neutral meaning, by the client's names and as they were
///   written: a dialect that knows one may use it, and what no target takes counts as dropped
public record ChatRequest(
    String model,
    List<Message> messages,
    Tools tools,
    Sampling sampling,
    Limits limits,
    Reasoning reasoning,
    OutputFormat format,
    Delivery delivery,
    Map<String, JsonNode> extras) {
  public ChatRequest {
    messages = List.copyOf(messages);
    extras = Map.copyOf(extras);
  }

  /// The same conversation with another model, to be delivered like this.
  public ChatRequest meaning(String model, Delivery delivery) {
    return new ChatRequest(
        model, messages, tools, sampling, limits, reasoning, format, delivery, extras);
  }

  /// The same conversation without seals of earlier answers, and without the thoughts that make no
  /// sense without them: for a provider that does not accept them.
  public ChatRequest unsigned() {
    return with(messages.stream().map(Message::unsigned).toList());
  }

  /// The same conversation with other messages.
  public ChatRequest with(List<Message> others) {
    return new ChatRequest(
        model, others, tools, sampling, limits, reasoning, format, delivery, extras);
  }
}
