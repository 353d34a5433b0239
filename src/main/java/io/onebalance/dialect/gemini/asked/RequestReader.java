package io.onebalance.dialect.gemini.asked;

import io.onebalance.chat.Delivery;
import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads what clients of Gemini ask.
public final class RequestReader {
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "stream",
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "generationConfig");

  private RequestReader() {}

  public static ChatRequest read(JsonNode written) {
    var body = Proto.of(written, "");
    var config =
        body.object("generationConfig")
            .orElseGet(() -> Proto.of(Json.object(), "generationConfig"));
    var messages = new ArrayList<Message>();
    system(body).ifPresent(messages::add);
    messages.addAll(new ContentsReader().read(body));
    return new ChatRequest(
        body.text("model").orElse(""),
        messages,
        ToolsReader.read(body),
        ConfigReader.sampling(config),
        ConfigReader.limits(config),
        ConfigReader.reasoning(config),
        ConfigReader.format(config),
        new Delivery(body.isTrue("stream"), true),
        extras(body, config));
  }

  /// Some clients write it as one text.
  private static Optional<Message> system(Proto body) {
    var written = body.raw("systemInstruction");
    if (written.isEmpty()) {
      return Optional.empty();
    }
    var texts =
        written.get().isString()
            ? List.<Part>of(Part.Text.of(written.get().stringValue()))
            : body.object("systemInstruction").stream()
                .flatMap(said -> said.objects("parts").stream())
                .flatMap(part -> part.text("text").stream())
                .map(text -> (Part) Part.Text.of(text))
                .toList();
    return Optional.of(new Message(Role.SYSTEM, texts));
  }

  /// What is false or empty asks for nothing.
  private static Map<String, JsonNode> extras(Proto body, Proto config) {
    var extras = new LinkedHashMap<>(body.others(KNOWN));
    var rest = Json.object();
    config
        .others(ConfigReader.KNOWN)
        .forEach((name, value) -> {
          if (!(value.isBoolean() && !value.booleanValue())
              && !(value.isContainer() && value.isEmpty())) {
            rest.set(name, value);
          }
        });
    if (!rest.isEmpty()) {
      extras.put("generationConfig", rest);
    }
    return extras;
  }
}
