package io.onebalance.relay.cache;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a request says itself about being remembered: in Cloudflare's words (`cf-aig-skip-cache`,
/// `cf-aig-cache-ttl`, `cf-aig-cache-key`) or in ours (`x-one-balance-cache-skip`, …), which go
/// first. Where a gateway of Cloudflare's is asked, its words are for the gateway.
///
/// @param skip neither told from memory nor remembered
/// @param ttl how long the answer is to be remembered
/// @param key the client's own name for the question, instead of its bytes
record Wish(boolean skip, Optional<Duration> ttl, Optional<String> key) {
  static final Duration LONGEST = Duration.ofDays(30);
  private static final int LONGEST_KEY = 1024;

  static Wish of(MultiMap fields, boolean atCloudflare) {
    var skip = said(fields, atCloudflare, "x-one-balance-cache-skip", "cf-aig-skip-cache");
    var ttl = said(fields, atCloudflare, "x-one-balance-cache-ttl", "cf-aig-cache-ttl");
    var key = said(fields, atCloudflare, "x-one-balance-cache-key", "cf-aig-cache-key");
    var seconds = seconds(ttl);
    return new Wish(
        "true".equalsIgnoreCase(skip) || (ttl != null && seconds.isEmpty()) || isTooLong(key),
        seconds,
        Optional.ofNullable(key));
  }

  /// Whether the request asks to be remembered.
  boolean asksForIt() {
    return ttl.isPresent() || key.isPresent();
  }

  /// A time that is zero, or none at all, is no wish to be remembered.
  private static Optional<Duration> seconds(@Nullable String text) {
    try {
      var seconds = text == null ? 0 : Long.parseLong(text.strip());
      return seconds > 0
          ? Optional.of(Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())))
          : Optional.empty();
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static boolean isTooLong(@Nullable String key) {
    return key != null && key.length() > LONGEST_KEY;
  }

  private static @Nullable String said(
      MultiMap fields, boolean atCloudflare, String ours, String theirs) {
    var own = fields.get(ours);
    return own != null || atCloudflare ? own : fields.get(theirs);
  }
}
