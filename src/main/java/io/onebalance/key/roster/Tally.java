package io.onebalance.key.roster;

import io.onebalance.key.Counts;
import io.onebalance.key.State;
import java.time.Instant;

/// Counts keys by state while they pass.
public final class Tally {
  private final Instant now;
  private int active;
  private int cooling;
  private int setAside;
  private int blocked;

  public Tally(Instant now) {
    this.now = now;
  }

  public void add(Member member) {
    switch (member.state()) {
      case State.Blocked _ -> blocked++;
      case State.SetAside _ -> setAside++;
      case State.Active _ when member.isCooling(now) -> cooling++;
      case State.Active _ -> active++;
    }
  }

  public Counts counts() {
    return new Counts(active, cooling, setAside, blocked);
  }
}
