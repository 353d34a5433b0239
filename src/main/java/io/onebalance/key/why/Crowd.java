package io.onebalance.key.why;

/// How many keys there were, and how many of them were ready, without room by their quotas, or
/// blocked. The others rested, were on trial or set aside.
public record Crowd(int keys, int ready, int full, int blocked) {
  String words() {
    return keys
        + (keys == 1 ? " key: " : " keys: ")
        + ready
        + " ready, "
        + full
        + " without room, "
        + blocked
        + " blocked";
  }
}
