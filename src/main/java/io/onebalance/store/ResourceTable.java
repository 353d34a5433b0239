package io.onebalance.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jdbi.v3.core.Handle;

/// Which key made a file, a cached content, a batch or a stored response, so that it is asked for
/// again with that key, also after a restart. The newest are remembered; it is asked and told in
/// memory and written behind. Thread-safe.
///
/// Oddly not a cache library's: those keep what is asked for often, and would drop a resource just
/// made in favour of an old one.
public final class ResourceTable implements WriteBehind.Source {
  private static final int NEWEST = 200_000;
  private static final int BATCH = 5_000;

  private record Resource(String provider, String name) {}

  private record Made(Resource resource, String keyId) {}

  private final int newest;
  private volatile long seen = Long.MIN_VALUE;
  private volatile boolean knowsAny;
  private final LinkedHashMap<Resource, String> keys = new LinkedHashMap<>();
  private final Queue<Made> unwritten = new ArrayDeque<>();

  private ResourceTable(int newest) {
    this.newest = newest;
  }

  /// Loads what was remembered.
  public static ResourceTable open(Database database) {
    return open(database, NEWEST);
  }

  static ResourceTable open(Database database, int newest) {
    var table = new ResourceTable(newest);
    database.read(handle -> {
      table.load(handle);
      return true;
    });
    database.behind().add(table);
    return table;
  }

  private void load(Handle handle) {
    read(handle, Long.MIN_VALUE);
  }

  /// Takes over what other instances remember. Throws [StoreTrouble].
  public void catchUp(Database database) {
    database.read(handle -> {
      read(handle, seen);
      return true;
    });
  }

  private void read(Handle handle, long after) {
    handle
        .createQuery(
            "SELECT provider, resource, key_id, rowid FROM resources WHERE rowid > ?"
                + " ORDER BY rowid")
        .bind(0, after)
        .setFetchSize(BATCH)
        .map((row, _) -> {
          seen = row.getLong("rowid");
          return new Made(
              new Resource(row.getString("provider"), row.getString("resource")),
              row.getString("key_id"));
        })
        .forEach(this::remember);
  }

  /// Whether none was ever remembered. Never waits: each request asks, and a writer may hold the
  /// table while it puts back what it could not write.
  public boolean isEmpty() {
    return !knowsAny;
  }

  /// The id of the key that made the resource, if it is remembered.
  public synchronized Optional<String> keyOf(String provider, String resource) {
    return Optional.ofNullable(keys.get(new Resource(provider, resource)));
  }

  /// Remembers who made a resource; the oldest one is forgotten for it when there are too many.
  public synchronized void made(String provider, String resource, String keyId) {
    var made = new Made(new Resource(provider, resource), keyId);
    remember(made);
    unwritten.add(made);
    if (unwritten.size() > newest) {
      unwritten.remove();
    }
  }

  private synchronized void remember(Made made) {
    keys.remove(made.resource);
    keys.put(made.resource, made.keyId);
    knowsAny = true;
    if (keys.size() > newest) {
      keys.pollFirstEntry();
    }
  }

  @Override
  public synchronized Optional<WriteBehind.Batch> next() {
    if (unwritten.isEmpty()) {
      return Optional.empty();
    }
    var taken = new ArrayList<Made>();
    while (taken.size() < BATCH && !unwritten.isEmpty()) {
      taken.add(unwritten.remove());
    }
    return Optional.of(
        new WriteBehind.Batch(taken.size(), handle -> write(handle, taken), () -> giveBack(taken)));
  }

  private synchronized void giveBack(List<Made> taken) {
    var later = new ArrayList<>(unwritten);
    unwritten.clear();
    unwritten.addAll(taken);
    unwritten.addAll(later);
    while (unwritten.size() > newest) {
      unwritten.remove();
    }
  }

  /// A resource made again gets a new row number, and so becomes the newest.
  private void write(Handle handle, List<Made> taken) {
    var last = new LinkedHashMap<Resource, String>();
    taken.forEach(made -> last.putLast(made.resource, made.keyId));
    var forget = "DELETE FROM resources WHERE provider = ? AND resource = ?";
    try (var batch = handle.prepareBatch(forget)) {
      last.keySet().forEach(resource -> batch.add(resource.provider, resource.name));
      batch.execute();
    }
    var remember = "INSERT INTO resources (provider, resource, key_id) VALUES (?, ?, ?)";
    try (var batch = handle.prepareBatch(remember)) {
      last.forEach((resource, keyId) -> batch.add(resource.provider, resource.name, keyId));
      batch.execute();
    }
    handle.execute(
        "DELETE FROM resources WHERE rowid <= (SELECT MAX(rowid) FROM resources) - ?", newest);
  }
}
