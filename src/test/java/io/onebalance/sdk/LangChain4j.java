package io.onebalance.sdk;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicModelCatalog;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.catalog.ModelCatalog;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiModelCatalog;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// LangChain4j, which has clients of its own for the three dialects.
final class LangChain4j implements Sdk {
  /// Whose dialect it speaks.
  enum Flavour {
    OPENAI,
    ANTHROPIC,
    GEMINI;

    private ChatModel chat(Door door, String model) {
      return switch (this) {
        case OPENAI ->
            OpenAiChatModel.builder()
                .baseUrl(door.url() + "/v1")
                .apiKey(door.key())
                .modelName(model)
                .maxRetries(0)
                .build();
        case ANTHROPIC ->
            AnthropicChatModel.builder()
                .baseUrl(door.url() + "/v1")
                .apiKey(door.key())
                .modelName(model)
                .maxRetries(0)
                .build();
        case GEMINI ->
            GoogleAiGeminiChatModel.builder()
                .baseUrl(door.url() + "/v1beta")
                .apiKey(door.key())
                .modelName(model)
                .maxRetries(0)
                .build();
      };
    }

    private StreamingChatModel streaming(Door door, String model) {
      return switch (this) {
        case OPENAI ->
            OpenAiStreamingChatModel.builder()
                .baseUrl(door.url() + "/v1")
                .apiKey(door.key())
                .modelName(model)
                .build();
        case ANTHROPIC ->
            AnthropicStreamingChatModel.builder()
                .baseUrl(door.url() + "/v1")
                .apiKey(door.key())
                .modelName(model)
                .build();
        case GEMINI ->
            GoogleAiGeminiStreamingChatModel.builder()
                .baseUrl(door.url() + "/v1beta")
                .apiKey(door.key())
                .modelName(model)
                .build();
      };
    }

    private EmbeddingModel embedding(Door door, String model) {
      return switch (this) {
        case OPENAI ->
            OpenAiEmbeddingModel.builder()
                .baseUrl(door.url() + "/v1")
                .apiKey(door.key())
                .modelName(model)
                .maxRetries(0)
                .build();
        case GEMINI ->
            GoogleAiEmbeddingModel.builder()
                .baseUrl(door.url() + "/v1beta")
                .apiKey(door.key())
                .modelName(model)
                .maxRetries(0)
                .build();
        case ANTHROPIC -> throw new UnsupportedOperationException("Anthropic has no embeddings");
      };
    }

    private ModelCatalog catalog(Door door) {
      return switch (this) {
        case OPENAI ->
            OpenAiModelCatalog.builder().baseUrl(door.url() + "/v1").apiKey(door.key()).build();
        case ANTHROPIC ->
            AnthropicModelCatalog.builder().baseUrl(door.url() + "/v1").apiKey(door.key()).build();
        case GEMINI ->
            GoogleAiGeminiModelCatalog.builder()
                .baseUrl(door.url() + "/v1beta")
                .apiKey(door.key())
                .build();
      };
    }
  }

  private static final UserMessage QUESTION = UserMessage.from(WORDS);

  private static final ToolSpecification WEATHER =
      ToolSpecification.builder()
          .name("weather")
          .parameters(JsonObjectSchema.builder().addStringProperty("city").required("city").build())
          .build();

  private static final ResponseFormat PERSON =
      ResponseFormat.builder()
          .type(ResponseFormatType.JSON)
          .jsonSchema(
              JsonSchema.builder()
                  .name("person")
                  .rootElement(
                      JsonObjectSchema.builder()
                          .addStringProperty("name")
                          .addIntegerProperty("age")
                          .required("name", "age")
                          .build())
                  .build())
          .build();

  /// What a stream ends with. Not thread-safe; the future is.
  private static final class Ending implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

    @Override
    public void onCompleteResponse(ChatResponse whole) {
      response.complete(whole);
    }

    @Override
    public void onError(Throwable failure) {
      response.completeExceptionally(failure);
    }
  }

  private final Flavour flavour;
  private final Door door;

  LangChain4j(Flavour flavour, Door door) {
    this.flavour = flavour;
    this.door = door;
  }

  private AiMessage ask(String model, ChatRequest asking, boolean streamed) {
    if (!streamed) {
      return flavour.chat(door, model).chat(asking).aiMessage();
    }
    var ending = new Ending();
    flavour.streaming(door, model).chat(asking, ending);
    try {
      return ending.response.join().aiMessage();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException thrown ? thrown : failed;
    }
  }

  @Override
  public String say(String model, boolean streamed) {
    return ask(model, ChatRequest.builder().messages(QUESTION).build(), streamed).text();
  }

  @Override
  public List<String> useTool(String model, boolean streamed) {
    var turns = new ArrayList<ChatMessage>(List.of(QUESTION));
    var said = ask(model, offering(turns), streamed);
    turns.add(said);
    for (var call : said.toolExecutionRequests()) {
      turns.add(ToolExecutionResultMessage.from(call, Sdk.weather(city(call))));
    }
    ask(model, offering(turns), streamed);
    return said.toolExecutionRequests().stream().map(LangChain4j::city).toList();
  }

  private static ChatRequest offering(List<ChatMessage> turns) {
    return ChatRequest.builder().messages(turns).toolSpecifications(WEATHER).build();
  }

  private static String city(ToolExecutionRequest call) {
    return new JsonObject(call.arguments()).getString("city");
  }

  @Override
  public Person invent(String model) {
    var asking = ChatRequest.builder().messages(QUESTION).responseFormat(PERSON).build();
    return new JsonObject(ask(model, asking, false).text()).mapTo(Person.class);
  }

  @Override
  public List<List<Float>> embed(String model, List<String> texts) {
    var segments = texts.stream().map(TextSegment::from).toList();
    return flavour.embedding(door, model).embedAll(segments).content().stream()
        .map(embedding -> embedding.vectorAsList())
        .toList();
  }

  @Override
  public List<String> models() {
    return flavour.catalog(door).listModels().stream().map(ModelDescription::name).toList();
  }

  @Override
  public Class<? extends Throwable> thrownFor(Trouble trouble) {
    return switch (trouble) {
      case MISTAKE -> InvalidRequestException.class;
      case STRANGER -> AuthenticationException.class;
      case NOTHING_THERE -> ModelNotFoundException.class;
      case LIMITED -> RateLimitException.class;
      case FAILURE -> InternalServerException.class;
    };
  }

  /// For an event that was cut in two, the bare exception of its JSON reader.
  @Override
  public Class<? extends Throwable> thrownForBrokenStream() {
    return RuntimeException.class;
  }

  @Override
  public int statusOf(Throwable thrown) {
    return thrown.getCause() instanceof HttpException told ? told.statusCode() : 0;
  }
}
