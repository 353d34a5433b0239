package io.onebalance.key;

/// How a key stood when a slot was taken. A rest that has changed since was begun by another
/// request: what this one learns of it is no news then.
record Seen(Member member, String model, Rest whole, Rest rest) {
  boolean wholeUnchanged() {
    return member.whole().equals(whole);
  }

  boolean restUnchanged() {
    return member.rest(model).equals(rest);
  }
}
