package io.onebalance.http;

import org.jspecify.annotations.Nullable;

/// Header fields or query parameters, looked up by name. Header names are matched without regard to
/// case; of repeated ones the first counts.
@FunctionalInterface
public interface Fields {
  /// The first value under this name, or null when there is none.
  @Nullable String first(String name);
}
