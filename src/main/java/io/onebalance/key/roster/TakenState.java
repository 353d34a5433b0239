package io.onebalance.key.roster;

import io.onebalance.key.quota.Use;

/// How a key stood when a slot was taken, and what was reserved of its quota. A rest that has
/// changed since was begun by another request: what this one learns of it is no news then.
public record TakenState(Member member, int number, String model, Rests rests, Use use) {
  /// The rests of a key as a whole and for the model.
  record Rests(Rest whole, Rest rest) {
    private static final Rests NONE = new Rests(Rest.Ready.READY, Rest.Ready.READY);
  }

  /// Of a key that rests for nothing.
  public static TakenState ready(Member member, int number, String model, Use use) {
    return new TakenState(member, number, model, Rests.NONE, use);
  }

  public static TakenState of(Member member, String model, Use use) {
    var rests = new Rests(member.whole(), member.rest(model));
    return new TakenState(member, member.number(), model, rests, use);
  }

  public boolean wholeUnchanged() {
    return member.whole().equals(rests.whole);
  }

  public boolean restUnchanged() {
    return member.rest(model).equals(rests.rest);
  }

  /// Whether the key was ready, and no trial of anything.
  public boolean wasReady() {
    return rests.whole.isReady() && rests.rest.isReady();
  }
}
