package io.onebalance.key;

/// How a key stood when a slot was taken. A rest that has changed since was begun by another
/// request: what this one learns of it is no news then.
record TakenState(Member member, int number, String model, Rest whole, Rest rest) {
  /// Of a key that rests for nothing.
  static TakenState ready(Member member, int number, String model) {
    return new TakenState(member, number, model, Rest.Ready.READY, Rest.Ready.READY);
  }

  boolean wholeUnchanged() {
    return member.whole().equals(whole);
  }

  boolean restUnchanged() {
    return member.rest(model).equals(rest);
  }

  /// Whether the key was ready, and no trial of anything.
  boolean wasReady() {
    return whole.isReady() && rest.isReady();
  }
}
