package io.onebalance.sdk;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Anthropic's SDK, in words that 2.x and 3.x have both.
final class AnthropicMessages implements Sdk {
  /// What it throws for a stream that breaks off.
  static final Class<? extends Throwable> BROKEN_STREAM = AnthropicException.class;

  private static final Tool WEATHER =
      Tool.builder()
          .name("weather")
          .inputSchema(
              Tool.InputSchema.builder()
                  .properties(
                      Tool.InputSchema.Properties.builder()
                          .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                          .build())
                  .addRequired("city")
                  .build())
          .build();

  private final AnthropicClient client;

  AnthropicMessages(Door door) {
    client =
        AnthropicOkHttpClient.builder()
            .baseUrl(door.url() + "/api/compat")
            .apiKey(door.key())
            .maxRetries(0)
            .build();
  }

  private static MessageCreateParams.Builder asking(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(1_000).addUserMessage(WORDS);
  }

  private Message ask(MessageCreateParams asking, boolean streamed) {
    if (!streamed) {
      return client.messages().create(asking);
    }
    var accumulator = MessageAccumulator.create();
    try (var stream = client.messages().createStreaming(asking)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.message();
  }

  @Override
  public String say(String model, boolean streamed) {
    return ask(asking(model).build(), streamed).content().stream()
        .map(block -> block.asText().text())
        .collect(Collectors.joining());
  }

  @Override
  public List<String> useTool(String model, boolean streamed) {
    var asking = asking(model).addTool(WEATHER);
    var said = ask(asking.build(), streamed);
    var calls = said.content().stream().flatMap(block -> block.toolUse().stream()).toList();
    var results =
        JsonValue.from(
            Map.of(
                "role", "user", "content", calls.stream().map(AnthropicMessages::result).toList()));
    var turn = Objects.requireNonNull(results.convert(new TypeReference<MessageParam>() {}));
    ask(asking.addMessage(said).addMessage(turn).build(), streamed);
    return calls.stream().map(AnthropicMessages::city).toList();
  }

  private static String city(ToolUseBlock call) {
    var arguments = call._input().convert(new TypeReference<Map<String, String>>() {});
    return String.valueOf(Objects.requireNonNull(arguments).get("city"));
  }

  /// As JSON: the two majors have no builder for it in common.
  private static Map<String, String> result(ToolUseBlock call) {
    return Map.of(
        "type", "tool_result", "tool_use_id", call.id(), "content", Sdk.weather(city(call)));
  }

  @Override
  public Person invent(String model) {
    var answer = client.messages().create(asking(model).outputConfig(Person.class).build());
    return answer.content().getFirst().asText().text();
  }

  @Override
  public List<List<Float>> embed(String model, List<String> texts) {
    throw new UnsupportedOperationException("Anthropic has no embeddings");
  }

  @Override
  public List<String> models() {
    return client.models().list().data().stream().map(model -> model.id()).toList();
  }

  static Class<? extends Throwable> thrown(Trouble trouble) {
    return switch (trouble) {
      case MISTAKE -> BadRequestException.class;
      case STRANGER -> UnauthorizedException.class;
      case NOTHING_THERE -> NotFoundException.class;
      case LIMITED -> RateLimitException.class;
      case FAILURE -> InternalServerException.class;
    };
  }

  @Override
  public Class<? extends Throwable> thrownFor(Trouble trouble) {
    return thrown(trouble);
  }

  @Override
  public Class<? extends Throwable> thrownForBrokenStream() {
    return BROKEN_STREAM;
  }

  @Override
  public int statusOf(Throwable thrown) {
    return ((AnthropicServiceException) thrown).statusCode();
  }
}
