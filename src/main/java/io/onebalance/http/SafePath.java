package io.onebalance.http;

import java.util.Objects;
import java.util.Optional;

/// A path and a query to which [RawPath] has no objection: whoever holds them here need not ask
/// again. The path is empty or begins with `/`; the query has no `?` and may be empty. Both stay
/// byte for byte what was written.
public final class SafePath {
  private final String path;
  private final String query;

  private SafePath(String path, String query) {
    this.path = path;
    this.query = query;
  }

  /// Empty where there is an objection.
  public static Optional<SafePath> read(String path, String query) {
    return objection(path, query).isEmpty()
        ? Optional.of(new SafePath(path, query))
        : Optional.empty();
  }

  /// Fails with the objection, which repeats nothing of either.
  public static SafePath of(String path, String query) {
    return read(path, query)
        .orElseThrow(() -> new IllegalArgumentException(objection(path, query).orElse("")));
  }

  private static Optional<String> objection(String path, String query) {
    return RawPath.objection(path.isEmpty() ? "/" : path, query);
  }

  /// What follows a beginning of the path, up to a slash or all of it; empty where that alone could
  /// be read as another path. It can be worse than the whole only by its first segment, which must
  /// not turn out to be empty, however often it is decoded.
  public Optional<SafePath> after(int beginning) {
    var rest = path.substring(beginning);
    var isSafe =
        rest.length() <= 1
            || "/;%".indexOf(rest.charAt(1)) < 0
            || RawPath.objection(rest, query).isEmpty();
    return isSafe ? Optional.of(new SafePath(rest, query)) : Optional.empty();
  }

  /// The same path with another query. Fails as [#of] does.
  public SafePath asking(String other) {
    return other.equals(query) ? this : of(path, other);
  }

  public String path() {
    return path;
  }

  public String query() {
    return query;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SafePath same && path.equals(same.path) && query.equals(same.query);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, query);
  }

  /// The query may hold a key, so it is not printed.
  @Override
  public String toString() {
    return path;
  }
}
