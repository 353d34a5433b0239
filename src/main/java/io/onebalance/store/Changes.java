package io.onebalance.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The keys whose live state is newer than their row. Marking one again costs and adds nothing, so
/// it never grows beyond the number of keys and never makes anybody wait. Thread-safe.
public final class Changes implements Consumer<String> {
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  @Override
  public void accept(String keyId) {
    ids.add(keyId);
  }

  /// Takes up to `most` out. They are unmarked before their state is read, so that a change that
  /// comes in between marks them again. In the order of the table, which is quicker to write.
  public List<String> take(int most) {
    var taken = ids.stream().limit(most).sorted().toList();
    taken.forEach(ids::remove);
    return taken;
  }

  public void giveBack(Collection<String> taken) {
    ids.addAll(taken);
  }
}
