package io.onebalance.key;

import io.onebalance.key.quota.Need;
import java.util.Set;

/// What a key is asked for: the model ("" where the request names none), the keys that shall not be
/// given, the resource that they must belong to ("": any), how many tokens the request is thought
/// to need, and which conversation it belongs to, so that it meets the key again that has its
/// beginning in the provider's cache (0: none).
public record Ask(
    String model, Set<String> asked, String scope, Need need, long affinity, Reasons reasons) {
  /// Whether to note why a key is chosen: not at all, with a few other keys, or with many and how
  /// far their limits are used up.
  public enum Reasons {
    UNTOLD,
    NOTED,
    DETAILED
  }

  public static Ask of(String model) {
    return new Ask(model, Set.of(), "", Need.NONE, 0, Reasons.UNTOLD);
  }

  /// Whether a key that has no room for this need has none for the ask either.
  public boolean isAtLeast(Need other) {
    return need.isAtLeast(other);
  }

  public Ask withoutModel() {
    return new Ask("", asked, scope, need, affinity, reasons);
  }

  public Ask without(Set<String> others) {
    return new Ask(model, others, scope, need, affinity, reasons);
  }

  /// Of keys that belong to this resource alone.
  public Ask within(String resource) {
    return new Ask(model, asked, resource, need, affinity, reasons);
  }

  /// Whether it may get any key.
  public boolean isForAny() {
    return asked.isEmpty() && scope.isEmpty();
  }

  public Ask needing(Need tokens) {
    return new Ask(model, asked, scope, tokens, affinity, reasons);
  }

  public Ask near(long conversation) {
    return new Ask(model, asked, scope, need, conversation, reasons);
  }

  public Ask telling(Reasons wanted) {
    return new Ask(model, asked, scope, need, affinity, wanted);
  }
}
