package io.onebalance.dialect.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Short words that stand for longer ones, always the same for the same.
public final class Hashes {
  private static final int BYTES = 8;
  private static final int BRIEF = 8;

  private Hashes() {}

  /// Eight hexadecimal digits, for places where there is room for no more.
  public static String brief(String word) {
    return of(word).substring(0, BRIEF);
  }

  /// Sixteen hexadecimal digits.
  public static String of(String word) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(word.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, BYTES);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
