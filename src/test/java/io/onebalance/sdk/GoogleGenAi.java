package io.onebalance.sdk;

import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Google's SDK. It has no accumulator: the pieces of a stream are its user's to join.
final class GoogleGenAi implements Sdk {
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();
  private static final GenerateContentConfig WITH_TOOL =
      GenerateContentConfig.builder()
          .tools(
              Tool.builder()
                  .functionDeclarations(
                      FunctionDeclaration.builder()
                          .name("weather")
                          .parametersJsonSchema(object(Map.of("city", Map.of("type", "string"))))
                          .build())
                  .build())
          .build();
  private static final GenerateContentConfig BY_SCHEMA =
      GenerateContentConfig.builder()
          .responseMimeType("application/json")
          .responseJsonSchema(
              object(Map.of("name", Map.of("type", "string"), "age", Map.of("type", "integer"))))
          .build();

  private final Client client;

  GoogleGenAi(Door door) {
    client =
        Client.builder()
            .apiKey(door.key())
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(door.url() + "/api/compat")
                    .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                    .build())
            .build();
  }

  private static Map<String, Object> object(Map<String, Object> properties) {
    return Map.of(
        "type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
  }

  private static Content user(Part part) {
    return Content.builder().role("user").parts(part).build();
  }

  private List<GenerateContentResponse> ask(
      String model, List<Content> turns, GenerateContentConfig config, boolean streamed) {
    if (!streamed) {
      return List.of(client.models.generateContent(model, turns, config));
    }
    var pieces = new ArrayList<GenerateContentResponse>();
    try (var stream = client.models.generateContentStream(model, turns, config)) {
      stream.forEach(pieces::add);
    }
    return pieces;
  }

  private String text(String model, GenerateContentConfig config, boolean streamed) {
    return ask(model, List.of(user(Part.fromText(WORDS))), config, streamed).stream()
        .map(piece -> Objects.requireNonNullElse(piece.text(), ""))
        .collect(Collectors.joining());
  }

  @Override
  public String chat(String model) {
    return text(model, PLAIN, false);
  }

  @Override
  public String stream(String model) {
    return text(model, PLAIN, true);
  }

  @Override
  public String useTool(String model, boolean streamed) {
    var question = user(Part.fromText(WORDS));
    var said =
        ask(model, List.of(question), WITH_TOOL, streamed).stream()
            .flatMap(piece -> piece.candidates().orElseThrow().stream())
            .flatMap(candidate -> candidate.content().stream())
            .filter(content ->
                content.parts().stream().flatMap(List::stream).anyMatch(GoogleGenAi::calls))
            .findFirst()
            .orElseThrow();
    var part = said.parts().orElseThrow().stream().filter(GoogleGenAi::calls).findFirst();
    var call = part.orElseThrow().functionCall().orElseThrow();
    var result = Part.fromFunctionResponse(call.name().orElseThrow(), Map.of("output", RESULT));
    ask(model, List.of(question, said, user(result)), WITH_TOOL, streamed);
    return String.valueOf(call.args().orElseThrow().get("city"));
  }

  private static boolean calls(Part part) {
    return part.functionCall().isPresent();
  }

  @Override
  public Person invent(String model) {
    return new JsonObject(text(model, BY_SCHEMA, false)).mapTo(Person.class);
  }

  @Override
  public List<String> models() {
    return client.models.list(ListModelsConfig.builder().build()).page().stream()
        .map(model -> model.name().orElseThrow())
        .toList();
  }

  @Override
  public Class<? extends Throwable> thrownFor(Trouble trouble) {
    return switch (trouble) {
      case MISTAKE, STRANGER, NOTHING_THERE, LIMITED -> ClientException.class;
      case FAILURE -> ServerException.class;
    };
  }

  @Override
  public Class<? extends Throwable> thrownForBrokenStream() {
    return GenAiIOException.class;
  }
}
