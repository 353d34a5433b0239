package io.onebalance.provider.url;

import io.onebalance.http.RawPath;
import io.onebalance.http.SafePath;
import java.io.Serial;

/// A path or query that could be read in two ways, or that is not HTTP: answered with 400. The
/// message says why and does not repeat it.
public final class IllegalPath extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  public IllegalPath(String why) {
    super(why);
  }

  public static void check(String path, String query) {
    RawPath.objection(path, query)
        .ifPresent(why -> {
          throw new IllegalPath(why);
        });
  }

  /// Path and query, checked.
  public static SafePath checked(String path, String query) {
    check(path, query);
    return SafePath.of(path, query);
  }
}
