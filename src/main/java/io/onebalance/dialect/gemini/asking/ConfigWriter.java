package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Limits;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.Sampling;
import io.onebalance.dialect.gemini.schema.SchemaReducer;
import io.onebalance.dialect.json.BadRequest;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes `generationConfig`.
final class ConfigWriter {
  private static final int MOST_STOPS = 5;
  private static final int MOST_CHOICES = 8;
  private static final String JSON = "application/json";

  private final Addressee to;
  private final Dropped dropped;

  ConfigWriter(Addressee to, Dropped dropped) {
    this.to = to;
    this.dropped = dropped;
  }

  /// `formed` is whether the answer's form may be asked for here.
  void write(ChatRequest request, boolean formed, ObjectNode config) {
    limits(request.limits(), request.delivery().stream(), config);
    sampling(request.sampling(), config);
    if (formed) {
      format(request.format(), config);
    }
    ThinkingWriter.write(request.reasoning(), to.model(), dropped)
        .ifPresent(thinking -> config.set("thinkingConfig", thinking));
  }

  private void limits(Limits limits, boolean stream, ObjectNode config) {
    limits
        .tokens()
        .ifPresent(most -> config.put("maxOutputTokens", Math.min(most, to.model().mostTokens())));
    var stops = limits.stops().stream().filter(stop -> !stop.isEmpty()).toList();
    if (stops.size() > MOST_STOPS) {
      dropped.tell("stop");
    }
    if (!stops.isEmpty()) {
      var written = config.putArray("stopSequences");
      stops.stream().limit(MOST_STOPS).forEach(written::add);
    }
    if (limits.choices() > 1) {
      config.put("candidateCount", choices(limits.choices(), stream));
    }
  }

  private int choices(int wanted, boolean stream) {
    if (stream || !to.model().takesSeveralChoices() || wanted > MOST_CHOICES) {
      throw new BadRequest(
          "n",
          "this model gives one answer at a time, or up to 8 that are not streamed before 3.0");
    }
    return wanted;
  }

  private void sampling(Sampling sampling, ObjectNode config) {
    if (to.model().samples()) {
      sampling.temperature().ifPresent(value -> config.put("temperature", value));
      sampling.topP().ifPresent(value -> config.put("topP", value));
      sampling.topK().ifPresent(value -> config.put("topK", value));
    } else {
      dropped.tellIf(sampling.temperature(), "temperature");
      dropped.tellIf(sampling.topP(), "top_p");
      dropped.tellIf(sampling.topK(), "top_k");
    }
    sampling.seed().ifPresent(seed -> config.put("seed", folded(seed)));
    penalty(sampling.presencePenalty(), "presencePenalty", "presence_penalty", config);
    penalty(sampling.frequencyPenalty(), "frequencyPenalty", "frequency_penalty", config);
    // No current model tells them: the request would be refused.
    dropped.tellIf(sampling.logprobs(), "logprobs");
  }

  /// Into 32 bits, the same for the same seed.
  private static int folded(long seed) {
    return seed == (int) seed ? (int) seed : Long.hashCode(seed);
  }

  private void penalty(Optional<Double> value, String name, String told, ObjectNode config) {
    var said = value.filter(penalty -> penalty != 0);
    if (to.model().takesPenalties(to.vertex())) {
      said.ifPresent(penalty -> config.put(name, penalty));
    } else {
      dropped.tellIf(said, told);
    }
  }

  private void format(OutputFormat format, ObjectNode config) {
    switch (format) {
      case OutputFormat.Text() -> {}
      case OutputFormat.Json() -> config.put("responseMimeType", JSON);
      case OutputFormat.Schema(_, _, var schema, _) -> {
        config.put("responseMimeType", JSON);
        if (to.reducesSchemas()) {
          config.set("responseSchema", SchemaReducer.legacy(schema));
        } else {
          config.set("responseJsonSchema", SchemaReducer.ofAnswer(schema));
        }
      }
    }
  }
}
