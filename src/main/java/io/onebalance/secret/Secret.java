package io.onebalance.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A text that opens a door: a provider key, a gateway key, a token. Prints only its mask; compares
/// in constant time.
public final class Secret {
  /// Shorter secrets show nothing of themselves: four characters would be too much of them.
  private static final int SHORTEST_WITH_A_TAIL = 20;

  private static final int TAIL = 4;

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /// The text itself, for the one place that sends, compares or encrypts it.
  public String reveal() {
    return value;
  }

  /// What people may see: `…` and the [#tail].
  public String masked() {
    return "…" + tail();
  }

  /// The last four characters, or nothing of a secret shorter than 20 or in JSON, whose end is that
  /// of one of its parts.
  public String tail() {
    return value.length() < SHORTEST_WITH_A_TAIL || value.startsWith("{")
        ? ""
        : value.substring(value.length() - TAIL);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(bytes(value), bytes(secret.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return masked();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
