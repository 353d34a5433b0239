package io.onebalance.settings;

import java.util.Map;
import java.util.function.Consumer;

/// The checks of what other rooms read. The first two are given one entry of the YAML at a time, by
/// its name, the third the address of the database; each throws [IllegalArgumentException] with
/// what is wrong and what is allowed.
public record Vet(
    Consumer<Map<String, Object>> providers,
    Consumer<Map<String, Object>> prices,
    Consumer<String> database) {
  /// Checks nothing: for whoever does not read those parts.
  public static final Vet NOTHING = new Vet(_ -> {}, _ -> {}, _ -> {});
}
