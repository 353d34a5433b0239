package io.onebalance.access;

import io.onebalance.access.limit.rules.KeyLimits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// The gateway keys that were issued over the API and are in force. They are held, and looked up,
/// by an HMAC whose key never leaves the store: what is held here opens nothing, and how long a
/// lookup takes tells of numbers that nobody outside can compute. Thread-safe; a change is in force
/// at once.
public final class Issued {
  /// How every issued key begins, and how long it is: 32 random bytes in base64 follow.
  public static final String PREFIX = "ob-";

  private static final int LENGTH = PREFIX.length() + 43;

  /// What one key grants, with its own limits only, and until when.
  public record Key(Grant grant, Instant lastMoment) {}

  /// A key under its hash.
  public record Hashed(byte[] hash, Key key) {}

  private record Held(Key key, Grant grant) {}

  private final Function<String, byte[]> hash;
  private final ConcurrentMap<Digest, Held> inForce = new ConcurrentHashMap<>();
  private KeyLimits byDefault = KeyLimits.NONE;

  /// `hash` makes 32 bytes of a key, the same for the same key.
  public Issued(Function<String, byte[]> hash) {
    this.hash = hash;
  }

  /// None were issued, and none will be.
  public static Issued none() {
    return new Issued(key -> {
      throw new IllegalStateException("nothing is held here, so nothing is looked up");
    });
  }

  /// From now on these limits hold where a key has none of its own.
  public synchronized void byDefault(KeyLimits limits) {
    byDefault = limits;
    inForce.replaceAll((_, held) -> held(held.key));
  }

  /// The limits of a key that has none of its own.
  public synchronized KeyLimits byDefault() {
    return byDefault;
  }

  /// Puts a key in force, in place of what was under the same hash.
  public synchronized void put(byte[] hash, Key key) {
    inForce.put(Digest.of(hash), held(key));
  }

  /// What people call each of them, by its id.
  public Map<String, String> names() {
    var names = new HashMap<String, String>();
    inForce.values().forEach(held -> names.put(held.grant.id(), held.grant.name()));
    return names;
  }

  /// This key opens nothing any more.
  public synchronized void remove(byte[] hash) {
    inForce.remove(Digest.of(hash));
  }

  /// Puts these in force and nothing else: what stays in force is so all the time.
  public synchronized void replace(List<Hashed> keys) {
    var now = new HashMap<Digest, Held>();
    keys.forEach(one -> now.put(Digest.of(one.hash), held(one.key)));
    inForce.putAll(now);
    inForce.keySet().retainAll(now.keySet());
  }

  private Held held(Key key) {
    return new Held(key, key.grant().with(key.grant().limits().over(byDefault)));
  }

  /// Only what looks like an issued key is hashed, so that others cost nothing.
  Admission admit(String presented, Instant now) {
    if (presented.length() != LENGTH || !presented.startsWith(PREFIX) || inForce.isEmpty()) {
      return Admission.UNKNOWN;
    }
    var held = inForce.get(Digest.of(hash.apply(presented)));
    if (held == null) {
      return Admission.UNKNOWN;
    }
    return now.isAfter(held.key.lastMoment())
        ? Admission.EXPIRED
        : new Admission.Admitted(held.grant);
  }
}
