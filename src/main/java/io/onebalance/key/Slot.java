package io.onebalance.key;

import io.onebalance.provider.limit.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A place taken at a key, given back once and only together with what was learnt. Any thread may
/// settle it.
public final class Slot {
  private final Pool pool;
  private final ApiKey key;
  private final TakenState seen;
  private boolean settled;
  private String requestId = "";
  private List<Allowance> told = List.of();
  private Instant toldAt = Instant.MIN;

  Slot(Pool pool, ApiKey key, TakenState seen) {
    this.pool = pool;
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
    pool.answered(this, latency, now);
  }

  /// The answer says this of what is left of the key's limits for the model. The key hears it with
  /// what is learnt next. Call it from where the slot is settled, before that.
  public void told(List<Allowance> allowances, Instant now) {
    told = allowances;
    toldAt = now;
  }

  /// Gives the place back and teaches the key how the attempt ended. A second call is a bug and
  /// fails with [IllegalStateException].
  public void settle(Outcome outcome, Instant now) {
    pool.settle(this, outcome, now);
  }

  /// Called under the lock of the pool: tells a member that is still there, once.
  void tell(Member member) {
    if (!told.isEmpty()) {
      member.say(seen.model(), told, toldAt);
      told = List.of();
    }
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
