package io.onebalance.simulate.scenario;

/// For a while (since the start) so large a part of all requests is answered with trouble, whatever
/// the key.
public record Fault(Trouble answer, long from, long lasts, double share) {
  public boolean runs(long sinceStart) {
    return sinceStart >= from && sinceStart < from + lasts;
  }
}
