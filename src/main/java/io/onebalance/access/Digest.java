package io.onebalance.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The 256 bits that stand for a key, by which it is looked up.
///
/// A lookup in a hash table takes a time that hangs on the digest of the guess, not on the guess.
/// That tells nothing of use (S4): whoever tries keys cannot choose their digests, so an answer
/// that takes longer because a bucket is taken does not lead to the next better guess; and two
/// digests are compared whole, without stopping at the first difference.
final class Digest {
  private static final int BYTES = 32;
  private static final MessageDigest SHA_256 = sha256();

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  static Digest of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes; a digest has " + BYTES);
    }
    return new Digest(bytes.clone());
  }

  /// SHA-256 of a key.
  static Digest ofKey(String key) {
    return new Digest(fresh().digest(key.getBytes(StandardCharsets.UTF_8)));
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

  /// The first `length` bytes in hexadecimal digits.
  String hex(int length) {
    return HexFormat.of().formatHex(bytes, 0, length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest it && MessageDigest.isEqual(bytes, it.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }
}
