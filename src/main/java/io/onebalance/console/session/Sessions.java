package io.onebalance.console.session;

import io.onebalance.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The sessions that are open, by the hash of their token: what is held here opens no door. They
/// live in memory, so a restart ends them all. A session also ends when the gateway key that opened
/// it is no longer good, which is asked anew at every visit. All methods lock.
public final class Sessions {
  public static final Duration IDLE = Duration.ofHours(12);
  public static final Duration LONGEST = Duration.ofDays(7);

  /// Beyond this many the oldest ends: nobody can fill the memory with sign-ins.
  static final int MOST = 1_000;

  private static final int TOKEN_BYTES = 32;

  private record Held(Session session, Secret opener, Instant opened, Instant seen) {
    boolean alive(Instant now) {
      return now.isBefore(opened.plus(LONGEST)) && now.isBefore(seen.plus(IDLE));
    }
  }

  private final InstantSource clock;
  private final SecureRandom chance;
  private final Predicate<Secret> stillGood;
  private final Map<String, Held> open = new LinkedHashMap<>();

  /// `stillGood` tells whether a gateway key may open the console now.
  public Sessions(InstantSource clock, SecureRandom chance, Predicate<Secret> stillGood) {
    this.clock = clock;
    this.chance = chance;
    this.stillGood = stillGood;
  }

  /// Opens a session and gives its token, which is shown to nobody again.
  public synchronized String open(Secret opener, String actor) {
    var now = clock.instant();
    open.values().removeIf(held -> !held.alive(now));
    if (open.size() >= MOST) {
      open.remove(open.keySet().iterator().next());
    }
    var token = token();
    open.put(hash(token), new Held(new Session(actor, now), opener, now, now));
    return token;
  }

  /// The session that this token opens, which counts as a visit.
  public Optional<Session> find(String token) {
    return find(token, true);
  }

  /// The same for a page that only looks again by itself: that keeps nobody signed in.
  public Optional<Session> peek(String token) {
    return find(token, false);
  }

  private synchronized Optional<Session> find(String token, boolean counts) {
    var hash = hash(token);
    var held = open.get(hash);
    if (held == null) {
      return Optional.empty();
    }
    var now = clock.instant();
    if (!held.alive(now) || !stillGood.test(held.opener())) {
      open.remove(hash);
      return Optional.empty();
    }
    if (counts) {
      open.replace(hash, new Held(held.session(), held.opener(), held.opened(), now));
    }
    return Optional.of(held.session());
  }

  public synchronized void close(String token) {
    open.remove(hash(token));
  }

  private String token() {
    var bytes = new byte[TOKEN_BYTES];
    chance.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String token) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
