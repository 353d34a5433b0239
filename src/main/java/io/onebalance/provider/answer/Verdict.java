package io.onebalance.provider.answer;

import java.time.Duration;
import java.util.Optional;

/// What an upstream answer means, by scope: whose doing it was decides who rests, who is blocked
/// and who may be asked next.
public sealed interface Verdict {
  /// The provider did what it was asked.
  record Served() implements Verdict {}

  /// The client's own matter (400, 404, 413, 422 …, and a redirect): passed on as it is; no key is
  /// to blame, and no other key would do better.
  record Mistaken(String why) implements Verdict {
    /// A model thought until the limit of tokens that it was given: it worked, and had to be paid.
    public static final Mistaken UNFINISHED =
        new Mistaken("the limit of tokens was reached before the answer");
  }

  /// The key is certainly unusable (invalid, revoked, leaked, suspended): blocked at once.
  record Dead(String reason) implements Verdict {}

  /// An indefinite 401 or 403: the key, or the request, is at fault. Set aside until it shows
  /// which.
  record Doubted(String reason) implements Verdict {}

  /// This key may not use this model, now or for a long time (no access, quota of zero).
  record NoAccess(String why, Duration rest) implements Verdict {}

  /// This key lacks a permission that what was asked takes. That says nothing of the model: the key
  /// may well serve it at another endpoint.
  record Unpermitted(String why) implements Verdict {}

  /// A rate or quota limit of this key for this model. `rest` is what the provider told, unclamped,
  /// or empty when it told nothing.
  record Limited(Window window, Optional<Duration> rest, Optional<Quota> quota)
      implements Verdict {}

  /// Credit or spend limit reached: concerns the key and every key of its account.
  record Exhausted(String reason, Duration rest) implements Verdict {}

  /// The provider has no capacity at the moment (503 overloaded, 529): no key is to blame.
  record Overloaded(String why, Optional<Duration> rest) implements Verdict {}

  /// The endpoint failed: connection, TLS, 500, 502, 504, garbage, an empty answer.
  record Faulted(String why) implements Verdict {}

  /// The road was refused, not the key: the Cloudflare gateway's own error, a region, our settings.
  /// `rest` is how long the road itself wants to be left alone; empty where waiting mends nothing.
  record Astray(String why, Optional<Duration> rest) implements Verdict {
    public Astray(String why) {
      this(why, Optional.empty());
    }
  }

  /// How long a quota's window is.
  enum Window {
    MINUTE,
    DAY,
    MONTH,
    UNKNOWN
  }

  /// A quota as the provider named it: its id, of which at most 200 characters and no control
  /// characters are kept, and its value where told.
  record Quota(String id, Optional<Long> value) {
    private static final int LONGEST = 200;

    public Quota {
      id = id.substring(0, Math.min(id.length(), LONGEST)).replaceAll("\\p{Cntrl}", "");
    }
  }
}
