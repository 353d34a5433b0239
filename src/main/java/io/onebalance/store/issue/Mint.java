package io.onebalance.store.issue;

import io.onebalance.access.Issued;
import io.onebalance.secret.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Makes the texts and ids of gateway keys by chance that nobody can guess. Thread-safe.
final class Mint {
  private static final int TEXT_BYTES = 32;
  private static final int ID_BYTES = 12;
  private static final int TAIL = 4;

  private final SecureRandom chance = new SecureRandom();

  Secret text() {
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TEXT_BYTES));
    return new Secret(Issued.PREFIX + text);
  }

  String id() {
    return "gk-" + HexFormat.of().formatHex(bytes(ID_BYTES));
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    chance.nextBytes(bytes);
    return bytes;
  }

  /// What people are shown of a text later.
  static String tail(Secret text) {
    var whole = text.reveal();
    return whole.substring(whole.length() - TAIL);
  }
}
