package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.asked.Sampling;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Writes how the next token is drawn, as far as the model lets anyone say that.
final class SamplingWriter {
  /// What a thinking model takes at least.
  private static final double LEAST_TOP_P_THINKING = 0.95;

  private final ObjectNode body;
  private final Set<String> dropped;

  SamplingWriter(ObjectNode body, Set<String> dropped) {
    this.body = body;
    this.dropped = dropped;
  }

  void write(Sampling wanted, Claude model, boolean thinking) {
    var temperature = wanted.temperature();
    var heated = temperature.filter(_ -> model.samples() && !thinking);
    heated.ifPresent(value -> body.put("temperature", Math.clamp(value, 0.0, 1.0)));
    var both = heated.isPresent() && !model.takesTemperatureAndTopP();
    var topP =
        wanted
            .topP()
            .filter(value -> model.samples() && !both)
            .filter(value -> !thinking || value >= LEAST_TOP_P_THINKING);
    topP.ifPresent(value -> body.put("top_p", value));
    var topK = wanted.topK().filter(_ -> model.samples() && !thinking);
    topK.ifPresent(value -> body.put("top_k", value));
    told("temperature", temperature, heated);
    told("top_p", wanted.topP(), topP);
    told("top_k", wanted.topK(), topK);
    told("seed", wanted.seed(), Optional.empty());
    told("presence_penalty", wanted.presencePenalty(), Optional.empty());
    told("frequency_penalty", wanted.frequencyPenalty(), Optional.empty());
    told("logprobs", wanted.logprobs(), Optional.empty());
  }

  private void told(String name, Optional<?> wanted, Optional<?> written) {
    if (wanted.isPresent() && written.isEmpty()) {
      dropped.add(name);
    }
  }
}
