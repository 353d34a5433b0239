package io.onebalance.settings;

import java.util.Map;
import java.util.function.Consumer;

/// The checks of what the YAML says for other rooms to read. Each is given one entry at a time, by
/// its name, and throws [IllegalArgumentException] with what is wrong and what is allowed.
public record Vet(Consumer<Map<String, Object>> providers, Consumer<Map<String, Object>> prices) {
  /// Checks nothing: for whoever does not read those parts.
  public static final Vet NOTHING = new Vet(_ -> {}, _ -> {});
}
