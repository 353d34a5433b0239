package io.onebalance.console.live;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The keys whose standing changed since the last look. Thread-safe; marking a key costs a put.
public final class Marks implements Consumer<String> {
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  @Override
  public void accept(String keyId) {
    ids.add(keyId);
  }

  Set<String> take() {
    var taken = new HashSet<>(ids);
    ids.removeAll(taken);
    return taken;
  }
}
