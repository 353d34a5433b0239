package io.onebalance.sandbox.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What keys have made: files, batches, cached contents, stored answers. A thing is there only for
/// the key that made it. Thread-safe; the oldest things go when there are too many.
public final class Stored {
  private static final int MOST = 1_000;

  private final LinkedHashMap<String, Thing> things = new LinkedHashMap<>();

  /// @param id unique over all kinds, such as `files/abc` or `file-1`
  public record Thing(String id, String kind, String key, String json, byte[] content) {}

  public synchronized Thing put(Thing thing) {
    things.put(thing.id(), thing);
    if (things.size() > MOST) {
      things.pollFirstEntry();
    }
    return thing;
  }

  /// The thing, if this key made it.
  public synchronized Optional<Thing> find(String id, String key) {
    return Optional.ofNullable(things.get(id)).filter(thing -> thing.key().equals(key));
  }

  /// The thing whoever made it.
  public synchronized Optional<Thing> find(String id) {
    return Optional.ofNullable(things.get(id));
  }

  public synchronized boolean remove(String id, String key) {
    return find(id, key).map(thing -> things.remove(thing.id())).isPresent();
  }

  public synchronized List<Thing> all(String kind, String key) {
    return things.values().stream()
        .filter(thing -> thing.kind().equals(kind) && thing.key().equals(key))
        .toList();
  }
}
