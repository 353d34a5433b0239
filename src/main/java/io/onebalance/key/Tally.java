package io.onebalance.key;

import java.time.Instant;

/// Counts keys by state while they pass.
final class Tally {
  private final Instant now;
  private int active;
  private int cooling;
  private int setAside;
  private int blocked;

  Tally(Instant now) {
    this.now = now;
  }

  void add(Member member) {
    switch (member.state()) {
      case State.Blocked _ -> blocked++;
      case State.SetAside _ -> setAside++;
      case State.Active _ when member.isCooling(now) -> cooling++;
      case State.Active _ -> active++;
    }
  }

  Counts counts() {
    return new Counts(active, cooling, setAside, blocked);
  }
}
