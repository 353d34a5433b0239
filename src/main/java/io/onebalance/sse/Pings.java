package io.onebalance.sse;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/// How servers say that they are still there.
final class Pings {
  private Pings() {}

  static final Set<String> TYPES = Set.of("ping", "keepalive");
  private static final int LONGEST = 100;
  private static final Pattern TYPED =
      Pattern.compile("\\{\\s*\"type\"\\s*:\\s*\"(ping|keepalive)\"\\s*[,}].*", Pattern.DOTALL);

  static boolean in(byte[] data) {
    return data.length <= LONGEST
        && TYPED.matcher(new String(data, StandardCharsets.UTF_8)).matches();
  }
}
