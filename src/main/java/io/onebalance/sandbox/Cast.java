package io.onebalance.sandbox;

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
import java.util.List;
import java.util.Optional;

/// The behaviours that a name alone calls up: as a model (`sandbox/flaky`), or in a key
/// (`sandbox-dead`, `sandbox-dead-2`).
final class Cast {
  private static final String KEY_PREFIX = "sandbox-";

  /// @param about what people read on the sandbox's page
  record Role(String name, String about, Plot plot, Quota quota) {}

  private final List<Role> roles =
      List.of(
          role("echo", "says your words again, with a little story", Fault.well()),
          limited("limited", "three requests a minute for each key", Quota.perMinute(3)),
          limited("limited-today", "three requests a day for each key", Quota.perDay(3)),
          limited(
              "limited-tokens", "fifty tokens a minute for each key", Quota.tokensPerMinute(50)),
          role("limited-unsaid", "429 without any hint", Fault.refuses(LIMITED_WITHOUT_HINT)),
          role("no-quota", "429 with limit: 0", Fault.refuses(NO_QUOTA_FOR_MODEL)),
          role("dead", "the key is not valid", Fault.dead()),
          role("expired", "the key has expired", Fault.refuses(EXPIRED_KEY)),
          role("leaked", "the key was reported as leaked", Fault.refuses(LEAKED_KEY)),
          role("suspended", "the account is suspended", Fault.refuses(SUSPENDED)),
          role("no-credit", "the credit is used up", Fault.refuses(NO_CREDIT)),
          role("no-billing", "billing is not enabled", Fault.refuses(NO_BILLING)),
          role("api-disabled", "the API is not enabled", Fault.refuses(API_DISABLED)),
          role("restricted", "the key may not do this", Fault.refuses(RESTRICTED_KEY)),
          role("unauthorized", "401 that does not say why", Fault.refuses(UNAUTHORIZED)),
          role("forbidden", "403 that does not say why", Fault.refuses(FORBIDDEN)),
          role("region", "this country may not ask", Fault.refuses(REGION)),
          role("overloaded", "503, in Anthropic's dialect 529", Fault.overloaded()),
          role("broken", "500", Fault.broken()),
          turning("flaky", "every other request is overloaded", Fault.overloaded(), Fault.well()),
          role("slow", "answers after three seconds", new Fault.Late(Duration.ofSeconds(3))),
          role("dripping", "ten bytes every 50 ms", new Fault.Drips(10, Duration.ofMillis(50))),
          role("hanging", "never answers", Fault.hangs()),
          role("stalling", "falls silent after 100 bytes", Fault.stallsAfter(100)),
          role("cut", "ends the connection after 100 bytes", new Fault.Cuts(100, false)),
          role("reset", "resets the connection after 100 bytes", new Fault.Cuts(100, true)),
          role("gone", "ends the connection without an answer", new Fault.HangsUp(false)),
          role("garbage", "answers what is not HTTP", garbage()),
          role("empty", "200 without any content", new Fault.Empty()),
          role("error-in-200", "an error with status 200", new Fault.RefusesWith200(OVERLOADED)),
          role("error-first", "an error as first event", new Fault.FailsAfter(0, OVERLOADED)),
          role("error-later", "an error as fourth event", new Fault.FailsAfter(3, OVERLOADED)),
          role("too-short", "promises more bytes than come", new Fault.WrongLength(10)),
          role("redirect", "302 to somewhere else", redirect()));

  List<Role> roles() {
    return roles;
  }

  /// The role of this model, if it is one.
  Optional<Role> ofModel(String model) {
    return roles.stream().filter(role -> role.name.equals(model)).findFirst();
  }

  /// The role that this key is named after; the longest name counts.
  Optional<Role> ofKey(String key) {
    if (!key.startsWith(KEY_PREFIX)) {
      return Optional.empty();
    }
    var name = key.substring(KEY_PREFIX.length());
    return roles.stream()
        .filter(role -> name.equals(role.name) || name.startsWith(role.name + "-"))
        .max(Comparator.comparingInt(role -> role.name.length()));
  }

  private static Role role(String name, String about, Fault fault) {
    return new Role(name, about, Plot.of(fault), Quota.NONE);
  }

  private static Role turning(String name, String about, Fault... faults) {
    return new Role(name, about, Plot.turning(faults), Quota.NONE);
  }

  private static Role limited(String name, String about, Quota quota) {
    return new Role(name, about, Plot.of(Fault.well()), quota);
  }

  private static Fault garbage() {
    return new Fault.Garbage("this is not HTTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static Fault redirect() {
    return Fault.redirects(302, "http://elsewhere.invalid/");
  }
}
