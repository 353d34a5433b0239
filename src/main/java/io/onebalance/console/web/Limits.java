package io.onebalance.console.web;

/// How long texts and lists may be, and what texts may contain.
public final class Limits {
  /// Bytes of a body. The listener has a limit of its own; this one holds at whatever listener.
  public static final int BODY = 32 << 20;

  /// The same for a caller who has shown no key yet.
  public static final int OPEN_BODY = 64 << 10;

  /// Keys added at once.
  public static final int KEYS = 100_000;

  /// Ids named in one request; more are chosen by a filter.
  public static final int IDS = 10_000;

  /// Keys on one answer of a listing.
  public static final int PAGE = 1_000;

  public static final int REMARK = 500;
  public static final int ACCOUNT = 200;

  /// A search may be a whole key, as long as the store keeps one.
  public static final int SEARCH = 8 * 1024;

  /// Names of actions, states, models.
  public static final int WORD = 200;

  private Limits() {}

  /// A text for people: short enough and of one line, else refused by the name of its field.
  public static String line(String field, String text, int longest) {
    var clean = text.strip();
    if (clean.length() > longest) {
      throw Refusal.invalid("'%s' is longer than %d characters".formatted(field, longest));
    }
    if (clean.codePoints().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("'%s' contains a line end or a control character".formatted(field));
    }
    return clean;
  }
}
