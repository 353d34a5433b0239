package io.onebalance.key.pool;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Outcome;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.roster.TakenState;
import io.onebalance.key.why.Why;
import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place taken at a key, given back once and only together with what was learnt. Any thread may
/// settle it.
public final class Slot {
  private final Slots slots;
  private final ApiKey key;
  private final TakenState seen;
  private boolean settled;
  private @Nullable Why why;
  private String requestId = "";
  private List<Allowance> told = List.of();
  private Instant toldAt = Instant.MIN;
  private Need used = Need.NONE;
  private boolean cachedIsFree;

  Slot(Slots slots, ApiKey key, TakenState seen) {
    this.slots = slots;
    this.key = key;
    this.seen = seen;
  }

  /// The key to ask with, as it was when the place was taken.
  public ApiKey key() {
    return key;
  }

  /// The model the key is asked for, or "" where the request names none.
  public String model() {
    return seen.model();
  }

  /// Why this key, and why not others; empty where nobody asked for it.
  public Optional<Why> why() {
    return Optional.ofNullable(why);
  }

  void explained(Why reason) {
    why = reason;
  }

  /// The place is taken for this request, so that events can name it. Call it before anything else.
  public void serves(String id) {
    requestId = id;
  }

  String requestId() {
    return requestId;
  }

  /// The upstream has begun to answer: the key works, whatever becomes of the rest of the answer. A
  /// trial of a rested key ends here. The place stays taken until it is settled; then there is
  /// nothing more to learn of an answer that went well ([Outcome.Abandoned]).
  public void answered(Duration latency, Instant now) {
    slots.answered(this, latency, now);
  }

  /// The answer says this of what is left of the key's limits for the model. The key hears it with
  /// what is learnt next. Call it from where the slot is settled, before that.
  public void told(List<Allowance> allowances, Instant now) {
    told = allowances;
    toldAt = now;
  }

  /// What is read from a cache counts against no limit of tokens here. Call it before [#used].
  public void cachedIsFree() {
    cachedIsFree = true;
  }

  /// So many tokens were used, of the input so many read from a cache. Call it from where the slot
  /// is settled, before that.
  public void used(long inputTokens, long cachedTokens, long outputTokens) {
    used = new Need(cachedIsFree ? inputTokens - cachedTokens : inputTokens, outputTokens);
  }

  Need used() {
    return used;
  }

  /// Gives the place back and teaches the key how the attempt ended. A second call is a bug and
  /// fails with [IllegalStateException].
  public void settle(Outcome outcome, Instant now) {
    slots.settle(this, outcome, now);
  }

  /// Whether the place was given back. Ask it where it is settled.
  public boolean isSettled() {
    return settled;
  }

  /// Called under the lock of the pool: what was told since this was asked last.
  List<Allowance> news() {
    var news = told;
    told = List.of();
    return news;
  }

  Instant toldAt() {
    return toldAt;
  }

  TakenState seen() {
    return seen;
  }

  /// Called under the lock of the pool.
  void close() {
    if (settled) {
      throw new IllegalStateException("the slot of key " + key.id() + " was settled before");
    }
    settled = true;
  }
}
