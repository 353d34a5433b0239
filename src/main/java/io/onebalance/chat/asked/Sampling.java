package io.onebalance.chat.asked;

import java.util.Optional;

/// How the next token is drawn; empty where the client leaves it to the model.
///
/// @param logprobs how many alternatives are told for each token; 0 asks for the token's own alone
public record Sampling(
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Integer> topK,
    Optional<Long> seed,
    Optional<Double> presencePenalty,
    Optional<Double> frequencyPenalty,
    Optional<Integer> logprobs) {
  public static final Sampling UNSAID =
      new Sampling(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
