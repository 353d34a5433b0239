package io.onebalance.dialect.responses.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids of calls as OpenAI takes them: 64 characters at most. Those of others may be longer; they
/// are told apart by their hash then, the same for the call and its result.
final class CallIds {
  private static final int LONGEST = 64;
  private static final int HASHED = 24;

  private CallIds() {}

  static String fitting(String id) {
    return id.length() <= LONGEST ? id : "call_" + hash(id);
  }

  private static String hash(String id) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, HASHED);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
