package io.onebalance.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A fixed set of header field names, asked without regard to case and without allocating: it is
/// asked for every field of every request. Immutable. Names are ASCII tokens (RFC 9110, 5.1).
final class FieldNames {
  /// No names at all.
  static final FieldNames NONE = new FieldNames(List.of());

  private static final int ROOM_PER_NAME = 4;
  private static final int CASE_BIT = 0x20;
  private static final int HASH_FACTOR = 31;

  /// Open addressing: a name lies at its hash or in the next free place; empty places hold "".
  private final String[] places;

  FieldNames(Collection<String> names) {
    places = new String[Integer.highestOneBit(Math.max(1, names.size())) * ROOM_PER_NAME];
    Arrays.fill(places, "");
    names.stream().filter(name -> !name.isEmpty()).forEach(this::put);
  }

  boolean contains(String name) {
    for (var at = place(name); !places[at].isEmpty(); at = next(at)) {
      if (places[at].equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private void put(String name) {
    var at = place(name);
    while (!places[at].isEmpty()) {
      at = next(at);
    }
    places[at] = name;
  }

  private int next(int at) {
    return (at + 1) & (places.length - 1);
  }

  private int place(String name) {
    var hash = 0;
    for (var i = 0; i < name.length(); i++) {
      hash = hash * HASH_FACTOR + (name.charAt(i) | CASE_BIT);
    }
    return (hash ^ hash >>> 16) & (places.length - 1);
  }
}
