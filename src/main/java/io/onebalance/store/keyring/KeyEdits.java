package io.onebalance.store.keyring;

import io.onebalance.key.ApiKey;
import io.onebalance.store.AuditLog;
import io.onebalance.store.Database;
import io.onebalance.store.keyring.KeyTable.Name;
import io.onebalance.store.keyring.KeyTable.Row;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.keyring.Keyring.Selection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What people do with keys: one transaction each, together with its audit row, and then the live
/// keys follow. To reveal keys is one of them: it is noted before they are shown. Thread-safe.
final class KeyEdits {
  private static final int CHUNK = 1000;

  private final Database database;
  private final InstantSource clock;
  private final KeyTable table;
  private final KeyList lists;
  private final Living living;

  KeyEdits(Database database, InstantSource clock, KeyTable table, KeyList lists, Living living) {
    this.database = database;
    this.clock = clock;
    this.table = table;
    this.lists = lists;
    this.living = living;
  }

  /// What an edit does to rows.
  interface Rows {
    void change(Handle handle, List<Name> names, Instant now);
  }

  /// Changes the rows, notes it, and lets the live keys follow; tells how many there were. What
  /// cannot be decrypted can only be deleted.
  int run(
      String action, Selection selection, String actor, Rows rows, BiConsumer<Name, Instant> live) {
    var now = clock.instant();
    catchUp(selection);
    return database.alone(() -> {
      var names =
          database.write(handle -> {
            var found = names(handle, selection, action, now);
            if (!found.isEmpty()) {
              rows.change(handle, found, now);
              AuditLog.add(handle, now, actor, Deeds.done(action, selection, found));
            }
            return found;
          });
      names.forEach(name -> live.accept(name, now));
      return names.size();
    });
  }

  /// What matches is looked for in rows, so they have to tell what is so now.
  private void catchUp(Selection selection) {
    switch (selection) {
      case Selection.Ids _ -> {}
      case Selection.Matching _ -> database.behind().flush();
    }
  }

  private List<Name> names(Handle handle, Selection selection, String action, Instant now) {
    var found =
        switch (selection) {
          case Selection.Ids(var ids) -> KeyTable.named(handle, ids);
          case Selection.Matching(var filter) -> lists.names(handle, filter, now);
        };
    return action.equals("delete")
        ? found
        : found.stream().filter(name -> !living.isDamaged(name.id())).toList();
  }

  /// Changes one key; false when there is none of this id.
  boolean patch(String id, Patch patch, String actor) {
    var now = clock.instant();
    return database.alone(() -> {
      var edited = database.write(handle -> patch(handle, id, patch, actor, now));
      edited.ifPresent(row -> living.patch(row, patch, now));
      return edited.isPresent();
    });
  }

  /// Changes many keys at once and tells how many.
  int patch(Selection selection, Patch patch, String actor) {
    var now = clock.instant();
    catchUp(selection);
    return database.alone(() -> {
      var edited = database.write(handle -> patchAll(handle, selection, patch, actor, now));
      edited.forEach(row -> living.patch(row, patch, now));
      return edited.size();
    });
  }

  private List<Row> patchAll(
      Handle handle, Selection selection, Patch patch, String actor, Instant now) {
    var names = names(handle, selection, "patch", now);
    var edited = rows(handle, names).map(before -> before.with(patch)).toList();
    edited.forEach(after -> KeyTable.patch(handle, after, patch, now));
    if (!edited.isEmpty()) {
      AuditLog.add(handle, now, actor, Deeds.done("patch", selection, names));
    }
    return edited;
  }

  /// The keys themselves, for somebody who may see them; `action` is what the audit log calls it.
  List<ApiKey> reveal(Selection selection, String action, String actor) {
    var now = clock.instant();
    catchUp(selection);
    return database.alone(() ->
        database.write(handle -> {
          var names = names(handle, selection, action, now);
          if (!names.isEmpty()) {
            AuditLog.add(handle, now, actor, Deeds.done(action, selection, names));
          }
          return rows(handle, names).filter(Row::sound).map(row -> row.held().key()).toList();
        }));
  }

  private Stream<Row> rows(Handle handle, List<Name> names) {
    return IntStream.iterate(0, from -> from < names.size(), from -> from + CHUNK)
        .mapToObj(from -> names.subList(from, Math.min(names.size(), from + CHUNK)))
        .flatMap(part -> table.rows(handle, part.stream().map(Name::id).toList()).stream());
  }

  private Optional<Row> patch(Handle handle, String id, Patch patch, String actor, Instant now) {
    var row = table.find(handle, id).map(before -> before.with(patch));
    row.ifPresent(after -> {
      KeyTable.patch(handle, after, patch, now);
      AuditLog.add(handle, now, actor, Deeds.patched(after.held().key(), patch));
    });
    return row;
  }
}
