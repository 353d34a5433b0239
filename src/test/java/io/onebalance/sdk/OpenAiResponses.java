package io.onebalance.sdk;

import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// OpenAI's SDK and its Responses.
final class OpenAiResponses extends OpenAi {
  OpenAiResponses(Door door) {
    super(door, "/v1");
  }

  private static ResponseCreateParams.Builder asking(String model) {
    return ResponseCreateParams.builder().model(model).store(false).input(WORDS);
  }

  private Response ask(ResponseCreateParams asking, boolean streamed) {
    if (!streamed) {
      return client.responses().create(asking);
    }
    var accumulator = ResponseAccumulator.create();
    try (var stream = client.responses().createStreaming(asking)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.response();
  }

  @Override
  public String say(String model, boolean streamed) {
    return ask(asking(model).build(), streamed).output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .map(content -> content.asOutputText().text())
        .collect(Collectors.joining());
  }

  @Override
  public List<String> useTool(String model, boolean streamed) {
    var asking = asking(model).addTool(Weather.class);
    var calls =
        ask(asking.build(), streamed).output().stream()
            .flatMap(item -> item.functionCall().stream())
            .toList();
    var turns = new ArrayList<ResponseInputItem>();
    turns.add(
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(WORDS).build()));
    calls.forEach(call -> turns.add(ResponseInputItem.ofFunctionCall(call)));
    calls.forEach(call -> turns.add(result(call)));
    ask(asking.inputOfResponse(turns).build(), streamed);
    return calls.stream().map(OpenAiResponses::city).toList();
  }

  private static String city(ResponseFunctionToolCall call) {
    return call.arguments(Weather.class).city;
  }

  private static ResponseInputItem result(ResponseFunctionToolCall call) {
    return ResponseInputItem.ofFunctionCallOutput(
        ResponseInputItem.FunctionCallOutput.builder()
            .callId(call.callId())
            .output(Sdk.weather(city(call)))
            .build());
  }

  @Override
  public Person invent(String model) {
    var answer = client.responses().create(asking(model).text(Person.class).build());
    return answer.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .map(content -> content.asOutputText())
        .findFirst()
        .orElseThrow();
  }
}
