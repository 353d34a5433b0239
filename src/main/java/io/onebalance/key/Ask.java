package io.onebalance.key;

import io.onebalance.key.quota.gauge.Need;
import java.util.Set;

/// What a key is asked for: the model ("" where the request names none), which keys may be given,
/// how many tokens the request is thought to need, and which conversation it belongs to, so that it
/// meets the key again that has its beginning in the provider's cache (0: none).
public record Ask(String model, Among among, Need need, long affinity, Reasons reasons) {
  /// Which keys may be given: none of those `asked` already; of a resource's own, where `scope`
  /// names one; and where `only` is the id of a key, that one whatever else is said. "" is any.
  public record Among(Set<String> asked, String scope, String only) {
    private static final Among ANY = new Among(Set.of(), "", "");
  }

  /// Whether to note why a key is chosen: not at all, with a few other keys, or with many and how
  /// far their limits are used up.
  public enum Reasons {
    UNTOLD,
    NOTED,
    DETAILED
  }

  public static Ask of(String model) {
    return new Ask(model, Among.ANY, Need.NONE, 0, Reasons.UNTOLD);
  }

  public Set<String> asked() {
    return among.asked;
  }

  public String scope() {
    return among.scope;
  }

  public String only() {
    return among.only;
  }

  /// Whether it may get any key.
  public boolean isForAny() {
    return among.equals(Among.ANY);
  }

  /// Whether a key that has no room for this need has none for the ask either.
  public boolean isAtLeast(Need other) {
    return need.isAtLeast(other);
  }

  public Ask withoutModel() {
    return new Ask("", among, need, affinity, reasons);
  }

  public Ask without(Set<String> others) {
    return among(new Among(others, among.scope, among.only));
  }

  /// Of keys that belong to this resource alone.
  public Ask within(String resource) {
    return among(new Among(among.asked, resource, among.only));
  }

  /// Of this very key.
  public Ask only(String keyId) {
    return among(new Among(among.asked, among.scope, keyId));
  }

  private Ask among(Among keys) {
    return new Ask(model, keys, need, affinity, reasons);
  }

  public Ask needing(Need tokens) {
    return new Ask(model, among, tokens, affinity, reasons);
  }

  public Ask near(long conversation) {
    return new Ask(model, among, need, conversation, reasons);
  }

  public Ask telling(Reasons wanted) {
    return new Ask(model, among, need, affinity, wanted);
  }
}
