package io.onebalance.relay.exchange;

import io.onebalance.http.Fields;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The header fields of a message, looked up by names whose hashes were computed once. Header
/// fields are found by a hash of their own, which is computed of a text's characters each time it
/// is asked for: a dozen lookups took 2 % of a request's CPU.
public final class HeaderFields {
  /// Names are looked up that stand in the code, the catalogue or the settings, of which there are
  /// few. Should there be more than this, those beyond are computed each time.
  private static final int MOST_KNOWN = 1024;

  private static final Map<String, CharSequence> KNOWN = new ConcurrentHashMap<>();

  private HeaderFields() {}

  public static Fields of(MultiMap headers) {
    return name -> headers.get(name(name));
  }

  /// The same name, with its hash.
  public static CharSequence name(String name) {
    var known = KNOWN.get(name);
    return known == null ? learnt(name) : known;
  }

  private static CharSequence learnt(String name) {
    return KNOWN.size() < MOST_KNOWN
        ? KNOWN.computeIfAbsent(name, HttpHeaders::createOptimized)
        : name;
  }
}
