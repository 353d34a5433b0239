package io.onebalance.key.pool;

import io.onebalance.key.Cooling;
import io.onebalance.key.lane.Lanes;
import io.onebalance.key.quota.Headroom;
import io.onebalance.key.quota.Rooms;
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.key.roster.Roster;
import io.onebalance.provider.limit.Allowance;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What is known of the limits of a pool's keys, to be read by any thread: it takes the lock of the
/// pool for a few keys at a time.
public final class KnownLimits {
  private final Object lock;
  private final Roster roster;
  private final Lanes lanes;
  private final Census census;

  KnownLimits(Census census, Lanes lanes) {
    lock = census.lock();
    roster = census.roster();
    this.lanes = lanes;
    this.census = census;
  }

  /// What the provider last said is left of this key's limits for the model, as far as it still
  /// holds.
  public List<Allowance> allowances(String keyId, String model, Instant now) {
    synchronized (lock) {
      var member = roster.find(keyId);
      return member == null ? List.of() : member.allowances(Cooling.modelNamed(model), now);
    }
  }

  /// As [#allowances(String, String, Instant)], of each model that was asked for lately.
  public Map<String, List<Allowance>> allowances(String keyId, Instant now) {
    synchronized (lock) {
      var member = roster.find(keyId);
      return member == null ? Map.of() : member.allowances(now);
    }
  }

  /// What is known of this key's limits for the model, and how much is used of them.
  public List<Measured> quotas(String keyId, String model, Instant now) {
    synchronized (lock) {
      var member = roster.find(keyId);
      return member == null
          ? List.of()
          : lanes.of(Cooling.modelNamed(model)).view().limits(member.number(), now);
    }
  }

  /// As [#quotas(String, String, Instant)], of each model that is counted.
  public Map<String, List<Measured>> quotas(String keyId, Instant now) {
    synchronized (lock) {
      var member = roster.find(keyId);
      return member == null ? Map.of() : lanes.limits(member, now);
    }
  }

  /// What of this key's limits is worth knowing after a restart.
  public List<Learnt> learnt(String keyId, Instant now) {
    synchronized (lock) {
      var member = roster.find(keyId);
      return member == null ? List.of() : lanes.learnt(member, now);
    }
  }

  /// What is known of the limits of all keys together, and how much is used of them.
  public List<Headroom> headroom(Instant now) {
    List<String> models;
    synchronized (lock) {
      models = lanes.counted();
    }
    return models.stream().flatMap(model -> headroom(model, now).all().stream()).toList();
  }

  private Rooms headroom(String model, Instant now) {
    var rooms = new Rooms(model);
    census.each(member -> lanes.of(model).view().add(member.number(), rooms, now));
    return rooms;
  }
}
