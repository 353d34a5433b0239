package io.onebalance.sandbox.script;

import static io.onebalance.sandbox.answer.Complaint.Plain.API_DISABLED;
import static io.onebalance.sandbox.answer.Complaint.Plain.EXPIRED_KEY;
import static io.onebalance.sandbox.answer.Complaint.Plain.FORBIDDEN;
import static io.onebalance.sandbox.answer.Complaint.Plain.LEAKED_KEY;
import static io.onebalance.sandbox.answer.Complaint.Plain.LIMITED_WITHOUT_HINT;
import static io.onebalance.sandbox.answer.Complaint.Plain.NO_BILLING;
import static io.onebalance.sandbox.answer.Complaint.Plain.NO_CREDIT;
import static io.onebalance.sandbox.answer.Complaint.Plain.NO_QUOTA_FOR_MODEL;
import static io.onebalance.sandbox.answer.Complaint.Plain.OVERLOADED;
import static io.onebalance.sandbox.answer.Complaint.Plain.REGION;
import static io.onebalance.sandbox.answer.Complaint.Plain.RESTRICTED_KEY;
import static io.onebalance.sandbox.answer.Complaint.Plain.SUSPENDED;
import static io.onebalance.sandbox.answer.Complaint.Plain.UNAUTHORIZED;

import io.onebalance.sandbox.quota.Quota;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The behaviours that a name alone calls up: as a model (`sandbox/flaky`), or in a key
/// (`sandbox-dead`, `sandbox-dead-2`).
final class NamedBehaviours {
  private static final String KEY_PREFIX = "sandbox-";

  /// @param about what people read on the sandbox's page
  record Behaviour(String name, String about, Outcomes outcomes, Quota quota) {}

  private final List<Behaviour> all =
      List.of(
          behaviour("echo", "says your words again, with a little story", Fault.well()),
          limited("limited", "three requests a minute for each key", Quota.perMinute(3)),
          limited("limited-today", "three requests a day for each key", Quota.perDay(3)),
          limited(
              "limited-tokens", "fifty tokens a minute for each key", Quota.tokensPerMinute(50)),
          behaviour("limited-unsaid", "429 without any hint", Fault.refuses(LIMITED_WITHOUT_HINT)),
          behaviour("no-quota", "429 with limit: 0", Fault.refuses(NO_QUOTA_FOR_MODEL)),
          behaviour("dead", "the key is not valid", Fault.dead()),
          behaviour("expired", "the key has expired", Fault.refuses(EXPIRED_KEY)),
          behaviour("leaked", "the key was reported as leaked", Fault.refuses(LEAKED_KEY)),
          behaviour("suspended", "the account is suspended", Fault.refuses(SUSPENDED)),
          behaviour("no-credit", "the credit is used up", Fault.refuses(NO_CREDIT)),
          behaviour("no-billing", "billing is not enabled", Fault.refuses(NO_BILLING)),
          behaviour("api-disabled", "the API is not enabled", Fault.refuses(API_DISABLED)),
          behaviour("restricted", "the key may not do this", Fault.refuses(RESTRICTED_KEY)),
          behaviour("unauthorized", "401 that does not say why", Fault.refuses(UNAUTHORIZED)),
          behaviour("forbidden", "403 that does not say why", Fault.refuses(FORBIDDEN)),
          behaviour("region", "this country may not ask", Fault.refuses(REGION)),
          behaviour("overloaded", "503, in Anthropic's dialect 529", Fault.overloaded()),
          behaviour("broken", "500", Fault.broken()),
          turning("flaky", "every other request is overloaded", Fault.overloaded(), Fault.well()),
          behaviour("slow", "answers after three seconds", new Fault.Late(Duration.ofSeconds(3))),
          behaviour(
              "dripping", "ten bytes every 50 ms", new Fault.Drips(10, Duration.ofMillis(50))),
          behaviour("hanging", "never answers", Fault.hangs()),
          behaviour("stalling", "falls silent after 100 bytes", Fault.stallsAfter(100)),
          behaviour("cut", "ends the connection after 100 bytes", new Fault.Cuts(100, false)),
          behaviour("reset", "resets the connection after 100 bytes", new Fault.Cuts(100, true)),
          behaviour("gone", "ends the connection without an answer", new Fault.HangsUp(false)),
          behaviour("garbage", "answers what is not HTTP", garbage()),
          behaviour("empty", "200 without any content", new Fault.Empty()),
          behaviour(
              "error-in-200", "an error with status 200", new Fault.RefusesWith200(OVERLOADED)),
          behaviour("error-first", "an error as first event", new Fault.FailsAfter(0, OVERLOADED)),
          behaviour("error-later", "an error as fourth event", new Fault.FailsAfter(3, OVERLOADED)),
          behaviour("too-short", "promises more bytes than come", new Fault.WrongLength(10)),
          behaviour("redirect", "302 to somewhere else", redirect()));

  /// What people read of each, by its name.
  Map<String, String> about() {
    var about = new LinkedHashMap<String, String>();
    all.forEach(behaviour -> about.put(behaviour.name, behaviour.about));
    return about;
  }

  /// The behaviour of this model, if it is one.
  Optional<Behaviour> ofModel(String model) {
    return all.stream().filter(behaviour -> behaviour.name.equals(model)).findFirst();
  }

  /// The behaviour that this key is named after; the longest name counts.
  Optional<Behaviour> ofKey(String key) {
    if (!key.startsWith(KEY_PREFIX)) {
      return Optional.empty();
    }
    var name = key.substring(KEY_PREFIX.length());
    return all.stream()
        .filter(behaviour -> name.equals(behaviour.name) || name.startsWith(behaviour.name + "-"))
        .max(Comparator.comparingInt(behaviour -> behaviour.name.length()));
  }

  private static Behaviour behaviour(String name, String about, Fault fault) {
    return new Behaviour(name, about, Outcomes.of(fault), Quota.NONE);
  }

  private static Behaviour turning(String name, String about, Fault... faults) {
    return new Behaviour(name, about, Outcomes.turning(faults), Quota.NONE);
  }

  private static Behaviour limited(String name, String about, Quota quota) {
    return new Behaviour(name, about, Outcomes.of(Fault.well()), quota);
  }

  private static Fault garbage() {
    return new Fault.Garbage("this is not HTTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static Fault redirect() {
    return Fault.redirects(302, "http://elsewhere.invalid/");
  }
}
