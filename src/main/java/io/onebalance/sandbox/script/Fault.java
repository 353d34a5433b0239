package io.onebalance.sandbox.script;

import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.quota.Dimension;
import io.onebalance.sandbox.quota.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How an answer comes out: well, or with one of the things that go wrong at providers and on the
/// way to them.
public sealed interface Fault {
  /// None: the answer of a healthy key.
  record Well() implements Fault {}

  /// The provider refuses, with its real status, fields and body.
  record Refuses(Complaint complaint) implements Fault {}

  /// The same body, but with status 200 (F9).
  record RefusesWith200(Complaint complaint) implements Fault {}

  /// A stream of status 200 whose event after so many good ones is an error, which ends it (F11).
  record FailsAfter(int events, Complaint complaint) implements Fault {}

  /// Status 200 that says nothing (F10).
  record Empty() implements Fault {}

  /// Exactly this, whatever was asked.
  record Says(int status, Map<String, String> headers, byte[] body) implements Fault {}

  /// The good answer, this much later.
  record Late(Duration by) implements Fault {}

  /// Not even a status until the gate opens.
  record Hangs(Gate gate) implements Fault {}

  /// So many bytes of the body, then silence until the gate opens.
  record Stalls(int afterBytes, Gate gate) implements Fault {}

  /// The body in small pieces with a pause after each.
  record Drips(int bytes, Duration every) implements Fault {}

  /// So many bytes of the body, then the end of the connection: `FIN`, or `RST`.
  record Cuts(int afterBytes, boolean reset) implements Fault {}

  /// The connection ends before any answer: `FIN`, or `RST`.
  record HangsUp(boolean reset) implements Fault {}

  /// These bytes in place of an HTTP answer, then `FIN`.
  record Garbage(byte[] bytes) implements Fault {}

  /// The good answer under a content-length that is wrong by so much, then `FIN`.
  record WrongLength(int by) implements Fault {}

  static Fault well() {
    return new Well();
  }

  static Fault refuses(Complaint complaint) {
    return new Refuses(complaint);
  }

  /// A key that never existed or is no more.
  static Fault dead() {
    return refuses(Plain.INVALID_KEY);
  }

  static Fault overloaded() {
    return refuses(Plain.OVERLOADED);
  }

  static Fault broken() {
    return refuses(Plain.INTERNAL);
  }

  /// A minute quota that is spent and comes back after this time.
  static Fault limited(Duration rest) {
    return refuses(limit(Dimension.REQUESTS_PER_MINUTE, 15, rest));
  }

  /// A day quota that is spent; Google hints at a short wait all the same.
  static Fault limitedToday(Duration hint) {
    return refuses(limit(Dimension.REQUESTS_PER_DAY, 20, hint));
  }

  /// Nothing at all, for ever.
  static Fault hangs() {
    return new Hangs(new Gate());
  }

  /// Silence for ever after so many bytes of the body.
  static Fault stallsAfter(int bytes) {
    return new Stalls(bytes, new Gate());
  }

  static Fault redirects(int status, String location) {
    return new Says(status, Map.of("location", location), new byte[0]);
  }

  private static Complaint limit(Dimension dimension, long limit, Duration rest) {
    return new Complaint.Limited(List.of(Meter.spent(dimension, limit, rest)));
  }
}
