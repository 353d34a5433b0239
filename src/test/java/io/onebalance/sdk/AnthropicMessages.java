package io.onebalance.sdk;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Anthropic's SDK.
final class AnthropicMessages implements Sdk {
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

  private static String text(Message answer) {
    return answer.content().stream()
        .map(block -> block.asText().text())
        .collect(Collectors.joining());
  }

  @Override
  public String chat(String model) {
    return text(ask(asking(model).build(), false));
  }

  @Override
  public String stream(String model) {
    return text(ask(asking(model).build(), true));
  }

  @Override
  public String useTool(String model, boolean streamed) {
    var asking = asking(model).addTool(WEATHER);
    var said = ask(asking.build(), streamed);
    var call =
        said.content().stream()
            .filter(ContentBlock::isToolUse)
            .map(ContentBlock::asToolUse)
            .findFirst()
            .orElseThrow();
    var result = ToolResultBlockParam.builder().toolUseId(call.id()).content(RESULT).build();
    asking
        .addMessage(said)
        .addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofToolResult(result)));
    ask(asking.build(), streamed);
    var arguments = call._input().convert(new TypeReference<Map<String, String>>() {});
    return String.valueOf(Objects.requireNonNull(arguments).get("city"));
  }

  @Override
  public Person invent(String model) {
    var answer = client.messages().create(asking(model).outputConfig(Person.class).build());
    return answer.content().getFirst().asText().text();
  }

  @Override
  public List<String> models() {
    return client.models().list().data().stream().map(model -> model.id()).toList();
  }

  @Override
  public Class<? extends Throwable> thrownFor(Trouble trouble) {
    return switch (trouble) {
      case MISTAKE -> BadRequestException.class;
      case STRANGER -> UnauthorizedException.class;
      case NOTHING_THERE -> NotFoundException.class;
      case LIMITED -> RateLimitException.class;
      case FAILURE -> InternalServerException.class;
    };
  }

  @Override
  public Class<? extends Throwable> thrownForBrokenStream() {
    return AnthropicException.class;
  }
}
