package io.onebalance.dialect.responses.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.dialect.JsonWish;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.history.Pairing;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a request for a provider. Nothing is to be stored there, so thoughts come back sealed in
/// the answer. Confined to one thread.
public final class RequestWriter {
  private static final int FEWEST_TOKENS = 16; // OpenAI refuses fewer
  private static final Set<String> OPENAI = Set.of("openai", "azure-openai");

  /// Extras with a meaning for OpenAI alone; `metadata` is not among them, for it is shown nowhere
  /// and other dialects put people's ids into it.
  private static final Set<String> TAKEN =
      Set.of(
          "max_tool_calls",
          "prompt_cache_key",
          "prompt_cache_retention",
          "safety_identifier",
          "service_tier",
          "user");

  private static final Set<String> TIERS = Set.of("auto", "default", "flex", "priority");

  private final ChatRequest request;
  private final Target target;
  private final OpenAiModel model;
  private final Optional<String> effort;
  private final ObjectNode body = Json.object();
  private final ToolNames names = new ToolNames();
  private final TreeSet<String> dropped = new TreeSet<>();

  private RequestWriter(ChatRequest request, Target target) {
    this.request = request;
    this.target = target;
    this.model = OpenAiModel.named(target.model());
    this.effort =
        model.kind() == OpenAiModel.Kind.PLAIN
            ? Optional.empty()
            : model.effort(request.reasoning());
  }

  public static Outgoing write(ChatRequest request, Target target) {
    if (request.limits().choices() > 1) {
      throw new BadRequest("n", "must be 1: " + target.provider() + " gives one answer");
    }
    return new RequestWriter(request, target).written();
  }

  private Outgoing written() {
    body.put("model", target.model());
    conversation();
    ToolsWriter.write(request.tools(), names, body, dropped);
    limits();
    sampling();
    reasoning();
    text();
    extras();
    body.put("store", false);
    if (request.delivery().stream()) {
      body.put("stream", true);
    }
    return new Outgoing(body, List.copyOf(dropped), names.changed());
  }

  private void conversation() {
    var known = new ArrayList<>(Pairing.paired(InputWriter.known(request.messages(), dropped)));
    if (!known.isEmpty() && isInstructions(known.getFirst())) {
      body.put("instructions", text(known.removeFirst()));
    }
    if (request.format() instanceof OutputFormat.Json) {
      wish(known);
    }
    body.set("input", InputWriter.written(Pairing.merged(known), names, dropped));
  }

  /// Only what is said in the input counts, whatever the instructions say.
  private static void wish(List<Message> input) {
    JsonWish.of(input)
        .map(wish -> new Message(Message.Role.SYSTEM, List.of(Part.Text.of(wish))))
        .ifPresent(input::addFirst);
  }

  private static boolean isInstructions(Message first) {
    return first.role() == Message.Role.SYSTEM
        && first.parts().stream().allMatch(Part.Text.class::isInstance);
  }

  private static String text(Message system) {
    return system.parts().stream()
        .flatMap(part ->
            part instanceof Part.Text(var text, _)
                ? Optional.of(text).stream()
                : Optional.<String>empty().stream())
        .collect(Collectors.joining("\n\n"));
  }

  private void limits() {
    request
        .limits()
        .tokens()
        .ifPresent(most -> body.put("max_output_tokens", Math.max(FEWEST_TOKENS, most)));
    if (!request.limits().stops().isEmpty()) {
      dropped.add("stop");
    }
  }

  private void sampling() {
    var sampling = request.sampling();
    if (model.samples(effort)) {
      sampling.temperature().ifPresent(value -> body.put("temperature", value));
      sampling.topP().ifPresent(value -> body.put("top_p", value));
      sampling.logprobs().ifPresent(value -> body.put("top_logprobs", value));
    } else {
      drop("temperature", sampling.temperature());
      drop("top_p", sampling.topP());
      drop("logprobs", sampling.logprobs());
    }
    dropAlways(sampling);
    include();
  }

  private void dropAlways(Sampling sampling) {
    drop("top_k", sampling.topK());
    drop("seed", sampling.seed());
    drop("presence_penalty", sampling.presencePenalty().filter(value -> value != 0));
    drop("frequency_penalty", sampling.frequencyPenalty().filter(value -> value != 0));
  }

  private void include() {
    var include = Json.array();
    if (model.reasons()) {
      include.add("reasoning.encrypted_content");
    }
    if (body.has("top_logprobs")) {
      include.add("message.output_text.logprobs");
    }
    if (!include.isEmpty()) {
      body.set("include", include);
    }
  }

  private void reasoning() {
    var asked = request.reasoning();
    if (model.kind() == OpenAiModel.Kind.PLAIN) {
      drop("reasoning_effort", asked.effort().filter(_ -> effort.isEmpty()));
      return;
    }
    var reasoning = Json.object();
    effort.ifPresent(word -> reasoning.put("effort", word));
    asked.shown().filter(shown -> shown).ifPresent(_ -> reasoning.put("summary", "auto"));
    if (!reasoning.isEmpty()) {
      body.set("reasoning", reasoning);
    }
  }

  private void text() {
    var text = Json.object();
    switch (request.format()) {
      case OutputFormat.Text _ -> {}
      case OutputFormat.Json _ -> text.putObject("format").put("type", "json_object");
      case OutputFormat.Schema schema -> text.set("format", schema(schema));
    }
    Optional.ofNullable(request.extras().get("verbosity"))
        .filter(_ -> takesExtras())
        .ifPresent(verbosity -> text.set("verbosity", verbosity));
    if (!text.isEmpty()) {
      body.set("text", text);
    }
  }

  private static JsonNode schema(OutputFormat.Schema schema) {
    var format = Json.object().put("type", "json_schema").put("name", schema.name());
    schema.description().ifPresent(about -> format.put("description", about));
    return format.put("strict", schema.strict()).set("schema", schema.schema());
  }

  private void extras() {
    request
        .extras()
        .forEach((name, value) -> {
          if (takes(name, value)) {
            body.set(name, value);
          } else if (!name.equals("verbosity") || !takesExtras()) {
            dropped.add(name);
          }
        });
  }

  private boolean takes(String name, JsonNode value) {
    return takesExtras()
        && TAKEN.contains(name)
        && (!name.equals("service_tier") || TIERS.contains(value.asString("")));
  }

  private boolean takesExtras() {
    return OPENAI.contains(target.provider());
  }

  private void drop(String name, Optional<?> value) {
    if (value.isPresent()) {
      dropped.add(name);
    }
  }
}
