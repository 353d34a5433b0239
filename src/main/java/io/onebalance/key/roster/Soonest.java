package io.onebalance.key.roster;

import io.onebalance.key.Cooling;
import io.onebalance.key.RunningRest;
import io.onebalance.key.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Keeps the rests that end soonest while keys pass. For one thread.
public final class Soonest {
  private static final Comparator<RunningRest> BY_END =
      Comparator.comparing(it -> it.cooling().until());

  private final PriorityQueue<RunningRest> latestFirst = new PriorityQueue<>(BY_END.reversed());
  private final int most;
  private final Instant now;

  public Soonest(int most, Instant now) {
    this.most = most;
    this.now = now;
  }

  public void add(String provider, Member member) {
    if (member.isCalm() || !(member.state() instanceof State.Active)) {
      return;
    }
    add(provider, member.id(), Cooling.WHOLE_KEY, member.whole());
    member.rests().forEach((model, rest) -> add(provider, member.id(), model, rest));
  }

  private void add(String provider, String id, String model, Rest rest) {
    var cooling = rest.cooling();
    if (!cooling.runs(now)) {
      return;
    }
    latestFirst.add(new RunningRest(provider, id, model, cooling));
    if (latestFirst.size() > most) {
      latestFirst.remove();
    }
  }

  public List<RunningRest> found() {
    return latestFirst.stream().sorted(BY_END).toList();
  }
}
