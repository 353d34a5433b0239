package io.onebalance.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.models.Model;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import java.util.List;
import java.util.stream.Collectors;

/// OpenAI's SDK and its Responses.
final class OpenAiResponses implements Sdk {
  private final OpenAIClient client;

  OpenAiResponses(Door door) {
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(door.url() + "/v1")
            .apiKey(door.key())
            .maxRetries(0)
            .build();
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

  private static String text(Response answer) {
    return answer.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .map(content -> content.asOutputText().text())
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
    var asking = asking(model).addTool(Weather.class);
    var answer = ask(asking.build(), streamed);
    var call =
        answer.output().stream()
            .flatMap(item -> item.functionCall().stream())
            .findFirst()
            .orElseThrow();
    var question =
        EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(WORDS).build();
    var result =
        ResponseInputItem.FunctionCallOutput.builder().callId(call.callId()).output(RESULT).build();
    var turns =
        List.of(
            ResponseInputItem.ofEasyInputMessage(question),
            ResponseInputItem.ofFunctionCall(call),
            ResponseInputItem.ofFunctionCallOutput(result));
    ask(asking.inputOfResponse(turns).build(), streamed);
    return call.arguments(Weather.class).city;
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
