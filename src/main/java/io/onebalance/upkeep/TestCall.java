package io.onebalance.upkeep;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.openai.asking.Flavour;
import io.onebalance.provider.Probe;
import io.onebalance.provider.Provider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The call that tests a key: the catalogue's cheapest one, or a few tokens of a model. `model` is
/// empty where none is asked.
record TestCall(String model, Probe call) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String WORDS = "hello";
  private static final String MODELS = "models/";

  /// What models of OpenAI's dialect may think and say. With less than this some of those that
  /// think refuse, as OpenAI's Responses API does whatever the model, which routers ask for it.
  private static final int FEW = 16;

  /// Empty where nobody knows how to test a key of this provider.
  static Optional<TestCall> of(Provider provider, String model) {
    var probe = provider.about().probe().map(call -> new TestCall("", call));
    return model.isEmpty()
        ? probe.or(() -> listed(provider).flatMap(name -> asking(provider, name)))
        : asking(provider, model.startsWith(MODELS) ? model.substring(MODELS.length()) : model);
  }

  private static Optional<String> listed(Provider provider) {
    return provider.about().models().stream().filter(name -> !name.endsWith("*")).findFirst();
  }

  private static Optional<TestCall> asking(Provider provider, String model) {
    return fewTokens(provider, model).map(call -> new TestCall(model, call));
  }

  private static Optional<Probe> fewTokens(Provider provider, String model) {
    return switch (provider.dialect()) {
      case GEMINI -> Optional.of(generateContent(model));
      case ANTHROPIC -> Optional.of(post("/v1/messages", chat(model, "max_tokens", 1)));
      case OPENAI, NONE ->
          provider
              .compatPath("chat/completions")
              .map(path -> post(path, chat(model, limit(provider, model), FEW)));
    };
  }

  /// What the limit of tokens is called, as traffic that is translated calls it.
  private static String limit(Provider provider, String model) {
    return Flavour.of(new Target(provider.slug(), model)).word("limit");
  }

  private static Probe generateContent(String model) {
    var body = JSON.createObjectNode();
    body.putArray("contents")
        .addObject()
        .put("role", "user")
        .putArray("parts")
        .addObject()
        .put("text", WORDS);
    body.putObject("generationConfig").put("maxOutputTokens", 1);
    var name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
    return post("/v1beta/models/" + name + ":generateContent", body);
  }

  private static ObjectNode chat(String model, String limit, int tokens) {
    var body = JSON.createObjectNode().put("model", model).put(limit, tokens);
    body.putArray("messages").addObject().put("role", "user").put("content", WORDS);
    return body;
  }

  private static Probe post(String path, ObjectNode body) {
    return new Probe("POST", path, "", body.toString());
  }

  boolean isProbe() {
    return model.isEmpty();
  }
}
