package io.onebalance.dialect.json;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client's request that cannot be read or carried out. The message says what is wrong and what
/// is allowed, and holds nothing of the content.
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String where;
  private final @Nullable String code;

  /// `where` is the member, as in `messages[3].content`.
  public BadRequest(String where, String why) {
    this(where, why, null);
  }

  /// `code` is what the client's dialect calls this very trouble, where clients act on it.
  public BadRequest(String where, String why, @Nullable String code) {
    super(where + ": " + why, null, false, false);
    this.where = where;
    this.code = code;
  }

  public String where() {
    return where;
  }

  public Optional<String> code() {
    return Optional.ofNullable(code);
  }
}
