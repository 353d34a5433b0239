package io.onebalance.access;

import io.onebalance.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// One gateway key as AUTH_KEY defines it: its digest, its last moment, and what it grants. The key
/// itself is not kept: all that is ever asked is whether another text is the same.
record Definition(byte[] digest, Instant lastMoment, Grant grant) {
  /// In force until the end of time.
  static final Instant FOREVER = Instant.MAX;

  private static final int ID_BYTES = 12;
  private static final MessageDigest SHA_256 = sha256();

  static Definition of(Secret key, Instant lastMoment, String label, List<Group> groups) {
    var digest = digest(key.reveal());
    var id = HexFormat.of().formatHex(digest, 0, ID_BYTES);
    return new Definition(digest, lastMoment, new Grant(id, label, groups));
  }

  /// Compares digests, which are of one length, so that neither the length nor the place of the
  /// first difference shows in the time it takes.
  boolean isFor(byte[] presented) {
    return MessageDigest.isEqual(digest, presented);
  }

  boolean expired(Instant now) {
    return now.isAfter(lastMoment);
  }

  static byte[] digest(String key) {
    return fresh().digest(key.getBytes(StandardCharsets.UTF_8));
  }

  /// To look the algorithm up again takes as long as to digest a key.
  private static MessageDigest fresh() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException missing) {
      throw new IllegalStateException("the platform's SHA-256 is copied", missing);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  /// Two definitions of one key.
  boolean repeats(Definition other) {
    return isFor(other.digest);
  }
}
