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

  /// Whether any key will do: then what is too little for this is too little for all.
  public boolean isPlain() {
    return asked.isEmpty() && need.equals(Need.NONE);
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
