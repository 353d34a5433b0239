package io.onebalance.dialect.openai.asking;

import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.dialect.JsonWish;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Writes a request to a provider. Used once.
public final class RequestWriter {
  private static final int MOST_STOPS = 4;

  private final ChatRequest request;
  private final Target target;
  private final Flavour flavour;
  private final Draft draft;

  public RequestWriter(ChatRequest request, Target target) {
    this.request = request;
    this.target = target;
    flavour = Flavour.of(target);
    draft = new Draft(flavour);
  }

  public Outgoing write() {
    draft.put("model", target.model());
    draft.put("messages", new MessagesWriter(draft).write(request.messages(), wish()));
    new ToolsWriter(draft).write(request.tools());
    sampling();
    limits();
    ReasoningWriter.write(request.reasoning(), draft);
    format();
    if (request.delivery().stream()) {
      draft.put("stream", true);
      if (flavour.is("streamOptions")) {
        draft.put("stream_options", Json.object().put("include_usage", true));
      }
    }
    Extras.write(request.extras(), draft);
    return draft.outgoing();
  }

  private void sampling() {
    var sampling = request.sampling();
    sampling.temperature().ifPresent(value -> number("temperature", value));
    sampling.topP().ifPresent(value -> number("top_p", value));
    sampling.topK().ifPresent(value -> draft.put("top_k", value));
    sampling.seed().ifPresent(value -> whole("seed", value));
    sampling.presencePenalty().ifPresent(value -> number("presence_penalty", value));
    sampling.frequencyPenalty().ifPresent(value -> number("frequency_penalty", value));
    sampling
        .logprobs()
        .ifPresent(alternatives -> {
          draft.put("logprobs", true);
          if (alternatives > 0) {
            draft.put("top_logprobs", alternatives);
          }
        });
  }

  /// A whole number is written as one, as clients do.
  private void number(String name, double value) {
    draft.put(
        name,
        value == Math.rint(value) && Math.abs(value) < 1e9
            ? Draft.VALUES.numberNode((int) value)
            : Draft.VALUES.numberNode(value));
  }

  private void whole(String name, long value) {
    draft.put(
        name,
        value == (int) value
            ? Draft.VALUES.numberNode((int) value)
            : Draft.VALUES.numberNode(value));
  }

  private void limits() {
    var limits = request.limits();
    limits.tokens().ifPresent(tokens -> draft.put(flavour.word("limit"), tokens));
    if (!limits.stops().isEmpty()) {
      var stops = Json.array();
      limits.stops().stream().limit(MOST_STOPS).forEach(stops::add);
      draft.put("stop", stops);
      if (limits.stops().size() > MOST_STOPS) {
        draft.drop("stop[" + MOST_STOPS + "]");
      }
    }
    if (limits.choices() > 1) {
      if (!flavour.is("choices")) {
        throw new BadRequest("n", target.provider() + " gives one answer only");
      }
      draft.put("n", limits.choices());
    }
  }

  private void format() {
    switch (request.format()) {
      case OutputFormat.Text() -> {}
      case OutputFormat.Json() -> draft.put("response_format", object());
      case OutputFormat.Schema schema ->
          draft.put("response_format", flavour.is("schema") ? written(schema) : object());
    }
  }

  private static JsonNode object() {
    return Json.object().put("type", "json_object");
  }

  private static JsonNode written(OutputFormat.Schema schema) {
    var format = Json.object().put("type", "json_schema");
    var told = format.putObject("json_schema").put("name", schema.name());
    schema.description().ifPresent(text -> told.put("description", text));
    told.set("schema", schema.schema());
    if (schema.strict()) {
      told.put("strict", true);
    }
    return format;
  }

  /// What stands in the instructions where no member can say it: the schema, for those that only
  /// know JSON objects, and that it is to be JSON, where nobody said so.
  private List<String> wish() {
    return switch (request.format()) {
      case OutputFormat.Text() -> List.of();
      case OutputFormat.Json() -> JsonWish.of(request.messages()).stream().toList();
      case OutputFormat.Schema _ when flavour.is("schema") -> List.of();
      case OutputFormat.Schema told ->
          List.of("Answer with JSON that follows this JSON schema: " + Json.text(told.schema()));
    };
  }
}
