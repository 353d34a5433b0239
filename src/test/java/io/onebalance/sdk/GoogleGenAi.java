package io.onebalance.sdk;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
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
                          .parametersJsonSchema(
                              Sdk.object(Map.of("city", Map.of("type", "string"))))
                          .build())
                  .build())
          .build();
  private static final GenerateContentConfig BY_SCHEMA =
      GenerateContentConfig.builder()
          .responseMimeType("application/json")
          .responseJsonSchema(
              Sdk.object(
                  Map.of("name", Map.of("type", "string"), "age", Map.of("type", "integer"))))
          .build();

  /// It rests after the last attempt as well.
  private static final HttpRetryOptions ONCE =
      HttpRetryOptions.builder().attempts(1).initialDelay(0.0).jitter(0.0).build();

  private static final Content QUESTION = user(List.of(Part.fromText(WORDS)));

  private final Client client;

  GoogleGenAi(Door door) {
    client =
        Client.builder()
            .apiKey(door.key())
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(door.url() + "/api/compat")
                    .retryOptions(ONCE)
                    .build())
            .build();
  }

  private static Content user(List<Part> parts) {
    return Content.builder().role("user").parts(parts).build();
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
    return ask(model, List.of(QUESTION), config, streamed).stream()
        .map(piece -> Objects.requireNonNullElse(piece.text(), ""))
        .collect(Collectors.joining());
  }

  @Override
  public String say(String model, boolean streamed) {
    return text(model, PLAIN, streamed);
  }

  @Override
  public List<String> useTool(String model, boolean streamed) {
    var parts =
        ask(model, List.of(QUESTION), WITH_TOOL, streamed).stream()
            .flatMap(piece -> piece.candidates().orElseThrow().stream())
            .flatMap(candidate -> candidate.content().stream())
            .flatMap(content -> content.parts().stream().flatMap(List::stream))
            .filter(part -> part.functionCall().isPresent())
            .toList();
    var calls = parts.stream().map(part -> part.functionCall().orElseThrow()).toList();
    var results = calls.stream().map(GoogleGenAi::result).toList();
    var said = Content.builder().role("model").parts(parts).build();
    ask(model, List.of(QUESTION, said, user(results)), WITH_TOOL, streamed);
    return calls.stream().map(GoogleGenAi::city).toList();
  }

  private static String city(FunctionCall call) {
    return String.valueOf(call.args().orElseThrow().get("city"));
  }

  private static Part result(FunctionCall call) {
    var result =
        FunctionResponse.builder()
            .name(call.name().orElseThrow())
            .response(Map.of("output", Sdk.weather(city(call))));
    call.id().ifPresent(result::id);
    return Part.builder().functionResponse(result.build()).build();
  }

  @Override
  public Person invent(String model) {
    return new JsonObject(text(model, BY_SCHEMA, false)).mapTo(Person.class);
  }

  @Override
  public List<List<Float>> embed(String model, List<String> texts) {
    var answer = client.models.embedContent(model, texts, EmbedContentConfig.builder().build());
    return answer.embeddings().orElseThrow().stream()
        .map(embedding -> embedding.values().orElseThrow())
        .toList();
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

  @Override
  public int statusOf(Throwable thrown) {
    return ((ApiException) thrown).code();
  }
}
