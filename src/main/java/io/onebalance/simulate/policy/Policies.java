package io.onebalance.simulate.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The policies there are.
public enum Policies {
  OURS("ours"),
  ONE_BALANCE("one-balance"),
  /// The same where many isolates run it, each with a list of its own.
  ONE_BALANCE_ISOLATES("one-balance-isolates"),
  THE_BALANCE("thebalance"),
  ROUND_ROBIN("round-robin");

  private final String word;

  Policies(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public Dispatcher on(Stage stage) {
    return switch (this) {
      case OURS -> Instances.of(stage);
      case ONE_BALANCE -> new OneBalance(stage, true);
      case ONE_BALANCE_ISOLATES -> new OneBalance(stage, false);
      case THE_BALANCE -> new TheBalance(stage);
      case ROUND_ROBIN -> new RoundRobin(stage);
    };
  }

  public static Optional<Policies> named(String word) {
    return Arrays.stream(values()).filter(policy -> policy.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Policies::word).toList();
  }
}
