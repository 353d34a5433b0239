package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.OpenAiRequestTest.saying;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Requests, and how they are written for providers.
final class Asking {
  static final Target OPENAI = new Target("openai", "gpt-4.1");
  static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

  private Asking() {}

  static Outgoing write(ChatRequest request, String provider, String model) {
    return new OpenAiProvider().write(request, new Target(provider, model));
  }

  static ChatRequest with(Message... messages) {
    return saying(HI, "").with(List.of(messages));
  }

  static ChatRequest with(Tools tools) {
    var plain = saying(HI, "");
    return new ChatRequest(
        plain.model(),
        plain.messages(),
        tools,
        plain.sampling(),
        plain.limits(),
        plain.reasoning(),
        plain.format(),
        plain.delivery(),
        Map.of());
  }

  static Part.ToolCall call(String id, String arguments) {
    return new Part.ToolCall(ToolName.of("f"), id, arguments, Optional.empty());
  }
}
