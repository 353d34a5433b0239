package io.onebalance.dialect.gemini.asking;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is left out of a request, by the names that clients know. Confined to one thread.
final class Dropped {
  private final Set<String> names = new LinkedHashSet<>();

  void tell(String name) {
    names.add(name);
  }

  void tellIf(Optional<?> said, String name) {
    if (said.isPresent()) {
      names.add(name);
    }
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
