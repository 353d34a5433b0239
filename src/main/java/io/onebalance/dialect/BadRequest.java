package io.onebalance.dialect;

/// A client's request that cannot be read or carried out. The message says what is wrong and what
/// is allowed, and holds nothing of the content.
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String where;

  /// `where` is the member, as in `messages[3].content`.
  public BadRequest(String where, String why) {
    super(where + ": " + why, null, false, false);
    this.where = where;
  }

  public String where() {
    return where;
  }
}
