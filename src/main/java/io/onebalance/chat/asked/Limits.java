package io.onebalance.chat.asked;

import java.util.List;
import java.util.Optional;

/// Where an answer ends. `tokens` includes what is thought; `choices` is how many answers are
/// wanted, at least 1.
public record Limits(Optional<Integer> tokens, List<String> stops, int choices) {
  public static final Limits UNSAID = new Limits(Optional.empty(), List.of(), 1);

  public Limits {
    stops = List.copyOf(stops);
  }
}
