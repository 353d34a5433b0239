package io.onebalance.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.models.Model;
import java.util.List;

/// OpenAI's SDK and its chat completions.
final class OpenAiChat implements Sdk {
  private final OpenAIClient client;

  OpenAiChat(Door door) {
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(door.url() + "/api/compat")
            .apiKey(door.key())
            .maxRetries(0)
            .build();
  }

  private static ChatCompletionCreateParams.Builder asking(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(WORDS);
  }

  private static ChatCompletionMessage said(ChatCompletion answer) {
    return answer.choices().getFirst().message();
  }

  private ChatCompletion ask(ChatCompletionCreateParams asking, boolean streamed) {
    if (!streamed) {
      return client.chat().completions().create(asking);
    }
    var accumulator = ChatCompletionAccumulator.create();
    try (var stream = client.chat().completions().createStreaming(asking)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  @Override
  public String chat(String model) {
    return said(ask(asking(model).build(), false)).content().orElseThrow();
  }

  @Override
  public String stream(String model) {
    return said(ask(asking(model).build(), true)).content().orElseThrow();
  }

  @Override
  public String useTool(String model, boolean streamed) {
    var asking = asking(model).addTool(Weather.class);
    var said = said(ask(asking.build(), streamed));
    var call = said.toolCalls().orElseThrow().getFirst().asFunction();
    var result =
        ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content(RESULT).build();
    ask(asking.addMessage(said).addMessage(result).build(), streamed);
    return call.function().arguments(Weather.class).city;
  }

  @Override
  public Person invent(String model) {
    var asking = asking(model).responseFormat(Person.class).build();
    var answer = client.chat().completions().create(asking);
    return answer.choices().getFirst().message().content().orElseThrow();
  }

  @Override
  public List<String> models() {
    return client.models().list().data().stream().map(Model::id).toList();
  }

  @Override
  public Class<? extends Throwable> thrownFor(Trouble trouble) {
    return OpenAiErrors.thrownFor(trouble);
  }

  @Override
  public Class<? extends Throwable> thrownForBrokenStream() {
    return OpenAIException.class;
  }
}
