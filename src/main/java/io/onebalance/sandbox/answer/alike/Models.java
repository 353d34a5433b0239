package io.onebalance.sandbox.answer.alike;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The lists of models: a few that everybody knows, and the sandbox's own.
public final class Models {
  private static final List<String> OPENAI =
      List.of("gpt-4o-mini", "gpt-5", "text-embedding-3-small", "gpt-4o-mini-tts");
  private static final List<String> GOOGLE =
      List.of("gemini-2.5-flash", "gemini-2.5-pro", "gemini-embedding-001");
  private static final List<String> CLAUDE =
      List.of("claude-haiku-4-5", "claude-sonnet-5-5", "claude-opus-5-5");
  private static final String GOOGLE_MODEL =
      """
      {
        "name": "models/$",
        "version": "001",
        "displayName": "$",
        "description": "A pretended model",
        "inputTokenLimit": 1048576,
        "outputTokenLimit": 65536,
        "supportedGenerationMethods": ["generateContent","countTokens","embedContent","batchGenerateContent"],
        "temperature": 1,
        "topP": 0.95,
        "topK": 64,
        "maxTemperature": 2
      }
      """;

  private Models() {}

  public static Reply openAi(Ask ask, String owner) {
    var prefix = owner.equals("google") ? "models/" : "";
    Function<String, String> one =
        model ->
            "{\"id\":%s,\"object\":\"model\",\"created\":1715367049,\"owned_by\":\"%s\"}"
                .formatted(Json.quoted(prefix + model), owner);
    var models = named(owner.equals("google") ? GOOGLE : OPENAI);
    return asked(ask)
        .map(model -> found(ask, models, model, one))
        .orElseGet(
            () -> Reply.json(200, "{\"object\":\"list\",\"data\":[" + joined(models, one) + "]}"));
  }

  public static Reply anthropic(Ask ask) {
    Function<String, String> one =
        model ->
            "{\"type\":\"model\",\"id\":\"%s\",\"display_name\":\"%s\",\"created_at\":\"2026-01-01T00:00:00Z\"}"
                .formatted(model, model);
    var models = named(CLAUDE);
    return asked(ask)
        .map(model -> found(ask, models, model, one))
        .orElseGet(() ->
            Reply.json(
                200,
                "{\"data\":[%s],\"has_more\":false,\"first_id\":\"%s\",\"last_id\":\"%s\"}"
                    .formatted(joined(models, one), models.getFirst(), models.getLast())));
  }

  public static Reply gemini(Ask ask) {
    Function<String, String> one = model -> Json.filled(GOOGLE_MODEL, model, model);
    var models = named(GOOGLE);
    return asked(ask)
        .map(model -> found(ask, models, model, one))
        .orElseGet(() -> Reply.json(200, "{\n\"models\": [" + joined(models, one) + "]\n}\n"));
  }

  private static List<String> named(List<String> own) {
    return Stream.concat(own.stream(), Stream.of("echo", "limited", "flaky", "slow")).toList();
  }

  private static Optional<String> asked(Ask ask) {
    return Optional.of(ask.model()).filter(model -> !model.isEmpty());
  }

  private static Reply found(
      Ask ask, List<String> models, String model, Function<String, String> one) {
    return models.contains(model)
        ? Reply.json(200, one.apply(model))
        : ask.place()
            .pretender()
            .refuse(new Complaint.NotFound("The model '%s' does not exist".formatted(model)), ask);
  }

  private static String joined(List<String> models, Function<String, String> one) {
    return models.stream().map(one).collect(Collectors.joining(",\n"));
  }
}
