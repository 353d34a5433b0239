package io.onebalance.sync;

import io.onebalance.secret.Secret;
import java.util.Map;
import java.util.Optional;

/// A key on its way, with what the place it comes from knows of it. Empty words and a weight of 0
/// are not known there; `blocked` holds the reason. Times in Unix seconds, 0 for unknown.
public record Carried(
    String provider,
    Secret key,
    String remark,
    String account,
    int weight,
    Optional<String> blocked,
    Map<String, Rest> rests,
    long totalRest,
    long createdAt) {
  /// A cooldown of one model; `*` is the whole key.
  public record Rest(long until, long total, String reason) {}

  public Carried {
    rests = Map.copyOf(rests);
  }

  /// A key of which nothing else is known.
  public static Carried bare(String provider, String key) {
    return new Carried(provider, new Secret(key), "", "", 0, Optional.empty(), Map.of(), 0, 0);
  }

  /// No more of it than where it belongs and what it is; empty where it is out of use.
  public Optional<Carried> inUse() {
    return blocked.isPresent() ? Optional.empty() : Optional.of(bare(provider, key.reveal()));
  }

  /// What tells it from other keys; never printed.
  public String identity() {
    return provider + "\n" + key.reveal();
  }

  /// The same under another name of its provider.
  public Carried of(String otherProvider) {
    return new Carried(
        otherProvider, key, remark, account, weight, blocked, rests, totalRest, createdAt);
  }
}
