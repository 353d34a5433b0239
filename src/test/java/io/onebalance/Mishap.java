package io.onebalance;

import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.sandbox.script.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the first keys of a request meet before a good one is asked, told as the outcomes of the
/// provider's next requests. So it does not matter which key is chosen first.
record Mishap(String name, List<Fault> faults) {
  private static final Fault LIMITED = Fault.limited(Duration.ofHours(1));
  private static final Fault LIMITED_TODAY = Fault.limitedToday(Duration.ofSeconds(20));

  static Mishap of(String name, Fault... faults) {
    return new Mishap(name, List.of(faults));
  }

  /// All of them, each with one or more keys that fail.
  static List<Mishap> all() {
    return List.of(
        of("limited", LIMITED),
        of("limited for the day", LIMITED_TODAY),
        of("dead", Fault.dead()),
        of("limited, dead, limited", LIMITED, Fault.dead(), LIMITED_TODAY),
        of("unauthorized without a reason", Fault.refuses(Plain.UNAUTHORIZED)),
        of("out of credit", Fault.refuses(Plain.NO_CREDIT)),
        of("overloaded", Fault.overloaded()),
        of("slow", Fault.hangs()),
        of("gone", new Fault.HangsUp(true)),
        of("empty", new Fault.Says(200, Map.of("content-type", "application/json"), new byte[0])),
        of("an error in a 200", new Fault.RefusesWith200(Plain.OVERLOADED)),
        of("an error as the first event", new Fault.FailsAfter(0, Plain.OVERLOADED)));
  }

  /// Settings under which a slow key is left in time. Only where there is one: a good answer that a
  /// busy machine delays would be taken for slow as well.
  String settings() {
    return faults.stream().anyMatch(Fault.Hangs.class::isInstance)
        ? "timeout: {attempt-ms: 750}\n"
        : "";
  }

  /// From now on the provider's requests meet this, and those after it go well.
  void play(Script script) {
    var outcomes = new ArrayList<>(faults);
    outcomes.add(Fault.well());
    script.play(Match.ALL, outcomes.toArray(Fault[]::new));
  }

  /// How many attempts one request takes.
  int attempts() {
    return faults.size() + 1;
  }

  @Override
  public String toString() {
    return name;
  }
}
