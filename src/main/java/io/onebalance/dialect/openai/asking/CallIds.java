package io.onebalance.dialect.openai.asking;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/// Ids of calls as a provider takes them. The same id becomes the same each time, so calls and
/// results still meet; the way back is not needed, since a provider makes its own for new calls.
final class CallIds {
  private static final int LONGEST = 40;
  private static final int NINE = 9;

  private CallIds() {}

  static String fitting(String id, Flavour flavour) {
    return switch (flavour.word("ids")) {
      case "forty" -> id.length() <= LONGEST ? id : id.substring(0, LONGEST - 10) + "_0" + hash(id);
      case "nine" -> id.matches("[A-Za-z0-9]{9}") ? id : "0" + hash(id);
      // `any`
      default -> id;
    };
  }

  private static String hash(String id) {
    var sum = new CRC32();
    sum.update(id.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", sum.getValue()).substring(0, NINE - 1);
  }
}
