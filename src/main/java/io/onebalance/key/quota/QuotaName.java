package io.onebalance.key.quota;

import io.onebalance.provider.limit.Allowance.Kind;
import java.util.Locale;
import java.util.Set;

/// What a quota counts, by the name that its provider gives it.
final class QuotaName {
  private static final Set<String> UNCOUNTED = Set.of("ash", "asd", "ipm", "rph", "tph");

  private QuotaName() {}

  /// Whether it is one of seconds of sound, of pictures, or of an hour.
  static boolean isUncounted(String id) {
    var name = id.toLowerCase(Locale.ROOT);
    return UNCOUNTED.contains(name) || name.contains("hour");
  }

  static Kind kind(String id) {
    var name = id.toLowerCase(Locale.ROOT);
    if (name.contains("concurren")) {
      return Kind.CONCURRENT;
    }
    if (!name.contains("token") && !name.startsWith("tp")) {
      return Kind.REQUESTS;
    }
    if (name.contains("input")) {
      return Kind.INPUT_TOKENS;
    }
    return name.contains("output") ? Kind.OUTPUT_TOKENS : Kind.TOKENS;
  }
}
