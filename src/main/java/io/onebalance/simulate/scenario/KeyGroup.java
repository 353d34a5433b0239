package io.onebalance.simulate.scenario;

/// Keys of one kind. `others` is the part of each quota that somebody else spends with the same
/// key.
public record KeyGroup(
    String name, int count, Plan plan, Sharing sharing, Ailments ailments, double others) {
  /// The group with another number of keys, its projects in proportion.
  public KeyGroup sized(int other) {
    var projects =
        sharing.projects == 0
            ? 0
            : Math.clamp(Math.round((double) sharing.projects * other / count), 1, other);
    return new KeyGroup(name, other, plan, new Sharing(projects, sharing.told), ailments, others);
  }

  /// How many quotas there are: one for each project, or for each key.
  public int quotas() {
    return sharing.projects == 0 ? count : sharing.projects;
  }

  /// In how many projects the keys lie that share their quotas, 0 where each key has its own; and
  /// whether the operator told so, as the account of the keys.
  public record Sharing(int projects, boolean told) {
    public static final Sharing NONE = new Sharing(0, false);
  }

  /// Which parts of the keys are dead, or come and go.
  public record Ailments(double dead, Flapping flapping) {
    public static final Ailments NONE = new Ailments(0, Flapping.NONE);
  }

  /// Keys that work for a while and then don't, each in a rhythm of its own.
  public record Flapping(double share, long up, long down, Trouble answer) {
    public static final Flapping NONE = new Flapping(0, 1, 0, Trouble.FAULTED);
  }
}
