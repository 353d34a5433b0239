package io.onebalance.console.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path with named places, such as `/api/keys/{id}`. A place is one segment, taken apart before
/// it is decoded, so an encoded slash stays inside it. An empty segment fits no place.
public record PathPattern(String text, List<String> segments) {
  public PathPattern {
    segments = List.copyOf(segments);
  }

  public static PathPattern of(String text) {
    return new PathPattern(text, List.of(text.split("/", -1)));
  }

  /// What stands at the places of this raw path, or empty where it does not fit.
  public Optional<Map<String, String>> match(String rawPath) {
    var parts = rawPath.split("/", -1);
    if (parts.length != segments.size()) {
      return Optional.empty();
    }
    var places = new HashMap<String, String>();
    for (var i = 0; i < parts.length; i++) {
      var segment = segments.get(i);
      if (isPlace(segment) && !parts[i].isEmpty()) {
        places.put(segment.substring(1, segment.length() - 1), Percent.decode(parts[i], false));
      } else if (!segment.equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(places));
  }

  /// How many segments are written out: of two patterns that fit, the one with more is meant.
  public long literals() {
    return segments.stream().filter(segment -> !isPlace(segment)).count();
  }

  private static boolean isPlace(String segment) {
    return segment.startsWith("{");
  }
}
