package io.onebalance.key.lane;

import io.onebalance.key.quota.gauge.KeyUse;
import io.onebalance.key.quota.gauge.Need;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was used here of the quotas of a pool's keys, and other instances were not told yet. It
/// begins to be kept when it is asked for first: most pools have no others to tell. Guarded by the
/// lock of the pool.
public final class Untold {
  /// So many keys and models; what more are used is not told.
  static final int MOST = 10_000;

  private record Cell(String keyId, String model) {}

  private final Map<Cell, KeyUse> cells = new HashMap<>();
  private boolean asked;

  /// A request took a key.
  public void taken(String keyId, String model, Need need) {
    if (asked) {
      add(new KeyUse(keyId, model, 1, need.inputTokens(), need.outputTokens()));
    }
  }

  /// What a request took is not counted by the provider.
  public void givenBack(String keyId, String model, Need need) {
    if (asked) {
      add(new KeyUse(keyId, model, -1, -need.inputTokens(), -need.outputTokens()));
    }
  }

  /// A request used other than it was thought to.
  public void settled(String keyId, String model, Need thought, Need used) {
    if (asked) {
      var input = used.inputTokens() - thought.inputTokens();
      var output = used.outputTokens() - thought.outputTokens();
      add(new KeyUse(keyId, model, 0, input, output));
    }
  }

  private void add(KeyUse use) {
    var cell = new Cell(use.keyId(), use.model());
    if (cells.size() < MOST || cells.containsKey(cell)) {
      cells.merge(cell, use, KeyUse::plus);
    }
  }

  /// All of it, which is told from here on.
  public List<KeyUse> take() {
    asked = true;
    var taken = cells.values().stream().filter(use -> !use.isNothing()).toList();
    cells.clear();
    return taken;
  }
}
