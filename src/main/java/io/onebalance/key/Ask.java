package io.onebalance.key;

import io.onebalance.key.quota.Need;
import java.util.Set;

/// What a key is asked for: the model ("" where the request names none), the keys that shall not be
/// given, how many tokens the request is thought to need, and which conversation it belongs to, so
/// that it meets the key again that has its beginning in the provider's cache (0: none). `explain`
/// asks to be told why.
public record Ask(String model, Set<String> asked, Need need, long affinity, boolean explain) {
  public static Ask of(String model) {
    return new Ask(model, Set.of(), Need.NONE, 0, false);
  }

  /// Whether a key that has no room for this need has none for the ask either.
  public boolean isAtLeast(Need other) {
    return need.inputTokens() >= other.inputTokens() && need.outputTokens() >= other.outputTokens();
  }

  Ask withoutModel() {
    return new Ask("", asked, need, affinity, explain);
  }

  public Ask without(Set<String> others) {
    return new Ask(model, others, need, affinity, explain);
  }

  public Ask needing(Need tokens) {
    return new Ask(model, asked, tokens, affinity, explain);
  }

  public Ask near(long conversation) {
    return new Ask(model, asked, need, conversation, explain);
  }

  public Ask explained() {
    return new Ask(model, asked, need, affinity, true);
  }
}
