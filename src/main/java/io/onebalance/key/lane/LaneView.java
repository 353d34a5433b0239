package io.onebalance.key.lane;

import io.onebalance.key.quota.Quota;
import io.onebalance.key.quota.Rooms;
import io.onebalance.key.quota.gauge.Learnt;
import io.onebalance.key.quota.gauge.Level;
import io.onebalance.key.quota.gauge.Measured;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.key.roster.Roster;
import io.onebalance.key.turn.WeightedRings;
import io.onebalance.key.why.Crowd;
import io.onebalance.key.why.Keeps;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people are told of a lane and of the limits of its keys, and what of these is remembered.
/// It changes nothing. Guarded by the lock of the pool.
public final class LaneView {
  private final Lane lane;
  private final Roster roster;
  private final WeightedRings ready;

  LaneView(Lane lane, Roster roster, WeightedRings ready) {
    this.lane = lane;
    this.roster = roster;
    this.ready = ready;
  }

  private @Nullable Quota quota(int number) {
    var supply = lane.supply();
    return supply == null ? null : supply.of(number);
  }

  /// What is known of a key's limits.
  public List<Measured> limits(int number, Instant now) {
    var quota = quota(number);
    return quota == null ? List.of() : quota.measured(now.toEpochMilli());
  }

  /// How far a key's known limits are used up.
  public List<Level> levels(int number, Instant now) {
    var quota = quota(number);
    return quota == null ? List.of() : quota.levels(now.toEpochMilli());
  }

  /// Adds what is known of a key's limits.
  public void add(int number, Rooms rooms, Instant now) {
    var quota = quota(number);
    if (quota != null) {
      rooms.add(quota, now.toEpochMilli());
    }
  }

  /// What of a key's limits is worth knowing after a restart.
  List<Learnt> learnt(int number, Instant now) {
    var quota = quota(number);
    return quota == null ? List.of() : quota.learnt(lane.model(), now.toEpochMilli());
  }

  /// What keeps a key that nothing but its quota may keep.
  public Keeps keeps(int number, Instant now) {
    var time = now.toEpochMilli();
    var supply = lane.supply();
    return supply != null && supply.isFull(number)
        ? new Keeps.Quota(supply.roomAt(number, Need.NONE, time) - time)
        : Keeps.Nothing.NOTHING;
  }

  /// How many keys there are of which kind.
  public Crowd crowd() {
    var supply = lane.supply();
    var full = supply == null ? 0 : supply.fullOnes();
    return new Crowd(roster.size(), ready.size(), full, roster.blocked());
  }
}
