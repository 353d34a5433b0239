package io.onebalance.dialect.openai.asking;

import io.onebalance.dialect.json.Hashes;

/// Ids of calls as a provider takes them. The same id becomes the same each time, so calls and
/// results still meet; the way back is not needed, since a provider makes its own for new calls.
final class CallIds {
  private static final int LONGEST = 40;

  private CallIds() {}

  static String fitting(String id, Flavour flavour) {
    return switch (flavour.word("ids")) {
      case "forty" ->
          id.length() <= LONGEST ? id : id.substring(0, LONGEST - 10) + "_0" + Hashes.brief(id);
      case "nine" -> id.matches("[A-Za-z0-9]{9}") ? id : "0" + Hashes.brief(id);
      // `any`
      default -> id;
    };
  }
}
