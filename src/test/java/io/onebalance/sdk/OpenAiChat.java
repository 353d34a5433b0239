package io.onebalance.sdk;

import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.ArrayList;
import java.util.List;

/// OpenAI's SDK and its chat completions.
final class OpenAiChat extends OpenAi {
  OpenAiChat(Door door) {
    super(door, "/api/compat");
  }

  private static ChatCompletionCreateParams.Builder asking(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(WORDS);
  }

  private ChatCompletionMessage ask(ChatCompletionCreateParams asking, boolean streamed) {
    var answer = streamed ? gathered(asking) : client.chat().completions().create(asking);
    return answer.choices().getFirst().message();
  }

  private ChatCompletion gathered(ChatCompletionCreateParams asking) {
    var accumulator = ChatCompletionAccumulator.create();
    try (var stream = client.chat().completions().createStreaming(asking)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  @Override
  public String say(String model, boolean streamed) {
    return ask(asking(model).build(), streamed).content().orElseThrow();
  }

  @Override
  public List<String> useTool(String model, boolean streamed) {
    var asking = asking(model).addTool(Weather.class);
    var said = ask(asking.build(), streamed);
    asking.addMessage(said);
    var cities = new ArrayList<String>();
    for (var call : said.toolCalls().orElseThrow()) {
      var city = call.asFunction().function().arguments(Weather.class).city;
      cities.add(city);
      asking.addMessage(
          ChatCompletionToolMessageParam.builder()
              .toolCallId(call.asFunction().id())
              .content(Sdk.weather(city))
              .build());
    }
    ask(asking.build(), streamed);
    return cities;
  }

  @Override
  public Person invent(String model) {
    var asking = asking(model).responseFormat(Person.class).build();
    var answer = client.chat().completions().create(asking);
    return answer.choices().getFirst().message().content().orElseThrow();
  }
}
