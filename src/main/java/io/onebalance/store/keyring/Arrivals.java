package io.onebalance.store.keyring;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Cooling;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.AuditLog;
import io.onebalance.store.Database;
import io.onebalance.store.engine.Dialect;
import io.onebalance.store.keyring.KeyTable.Fresh;
import io.onebalance.store.keyring.KeyTable.Row;
import io.onebalance.store.keyring.Keyring.NewKey;
import io.onebalance.store.standing.Standings;
import io.onebalance.store.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Takes keys in together with what was known of them elsewhere. A key that is here already learns
/// what it did not know: words, a block, longer rests. Nothing is shortened, unblocked or deleted
/// by it, so that doing it twice changes nothing. Nor is what requests teach meanwhile, or taught
/// of its limits before. Thread-safe.
public final class Arrivals {
  /// A key from elsewhere. Empty words are not known there; a weight of 0 neither.
  public record Arriving(
      String provider, NewKey words, int weight, Standing standing, Optional<Instant> createdAt) {}

  /// What becomes of an arriving key.
  public sealed interface Fate {
    /// It is new here.
    record Added() implements Fate {}

    /// It is here, and learns this.
    record Changed(List<String> fields) implements Fate {
      public Changed {
        fields = List.copyOf(fields);
      }
    }

    /// It is here, and all of this is known.
    record Same() implements Fate {}

    /// It cannot be stored; never with the key itself.
    record Invalid(String why) implements Fate {}
  }

  private final Database database;
  private final Vault vault;
  private final KeyTable table;
  private final Living living;
  private final InstantSource clock;

  Arrivals(Database database, Vault vault, KeyTable table, Living living, InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.table = table;
    this.living = living;
    this.clock = clock;
  }

  /// What would become of these, each in its place; nothing is changed.
  public List<Fate> foresee(List<Arriving> keys) {
    var now = clock.instant();
    return database.read(handle -> looked(handle, keys, now)).fates();
  }

  /// Takes them in: all that can be stored, in one transaction, or none when the disk refuses.
  public List<Fate> take(List<Arriving> keys, String actor) {
    var now = clock.instant();
    return database.alone(() -> {
      var round = database.write(handle -> written(handle, keys, actor, now));
      round.added().forEach((id, one) -> living.enter(one.fresh().key(), one.standing(), now));
      round.changed().values().forEach(change -> living.follow(change, now));
      return round.fates();
    });
  }

  private Round written(Handle handle, List<Arriving> keys, String actor, Instant now) {
    var round = looked(handle, keys, now);
    var added = round.added().values();
    KeyTable.insert(handle, added.stream().map(Newcomer::fresh).toList());
    added.forEach(one -> stand(handle, one.fresh().key(), one.standing(), now));
    round.changed().values().forEach(change -> stand(handle, change.key(), change.to(), now));
    if (!round.added().isEmpty() || !round.changed().isEmpty()) {
      AuditLog.add(
          handle, now, actor, Deeds.arrived(round.added().keySet(), round.changed().keySet()));
    }
    return round;
  }

  private static void stand(Handle handle, ApiKey key, Standing standing, Instant now) {
    handle
        .createUpdate(
            "UPDATE keys SET remark = :remark, account = :account, weight = :weight, "
                + Standings.SET
                + ", updated_at = :now WHERE id = :id")
        .bindMap(Standings.columns(standing))
        .bind("remark", key.remark())
        .bind("account", key.account())
        .bind("weight", key.weight())
        .bind("now", now.getEpochSecond())
        .bind("id", key.id())
        .execute();
  }

  /// A key that is new here, and how it stands.
  private record Newcomer(Fresh fresh, Standing standing) {}

  /// A key that is here, as it is to be, and as its pool knew it when that was decided.
  record Change(ApiKey key, Standing seen, Standing to) {}

  /// What was found of all, with those to add and to change by their ids.
  private record Round(
      List<Fate> fates, Map<String, Newcomer> added, Map<String, Change> changed) {}

  private Round looked(Handle handle, List<Arriving> keys, Instant now) {
    var round = new Round(new ArrayList<>(), new HashMap<>(), new HashMap<>());
    var seen = new HashMap<String, String>();
    keys.forEach(one -> round.fates().add(looked(handle, one, now, round, seen)));
    return round;
  }

  private Fate looked(
      Handle handle, Arriving one, Instant now, Round round, Map<String, String> seen) {
    var met = Newcomers.welcome(one.provider(), List.of(one.words()), vault, now);
    if (!met.invalid().isEmpty()) {
      return new Fate.Invalid(met.invalid().getFirst().why());
    }
    var fresh = met.fresh().getFirst();
    var text = one.provider() + "\n" + fresh.key().secret().reveal();
    if (seen.putIfAbsent(text, fresh.key().id()) != null) {
      return new Fate.Same();
    }
    var row = row(handle, one.provider(), fresh.hash());
    return row.isPresent()
        ? met(here(handle, row.get(), now), one, now, round)
        : added(fresh, one, now, round);
  }

  private Optional<Row> row(Handle handle, String provider, byte[] hash) {
    return handle
        .createQuery("SELECT id FROM keys WHERE key_hash = ? AND provider = ?")
        .bind(0, hash)
        .bind(1, provider)
        .mapTo(String.class)
        .findOne()
        .flatMap(id -> table.find(handle, id));
  }

  private static Fate added(Fresh fresh, Arriving one, Instant now, Round round) {
    var key = fresh.key();
    var since = one.createdAt().filter(at -> !at.isAfter(now)).orElse(now);
    var whole =
        new ApiKey(
            key.id(),
            key.provider(),
            key.secret(),
            key.account(),
            key.remark(),
            one.weight() == 0 ? 1 : one.weight(),
            since);
    round
        .added()
        .put(
            key.id(), new Newcomer(new Fresh(whole, fresh.sealed(), fresh.hash()), one.standing()));
    return new Fate.Added();
  }

  /// The key as it is now; empty where its row is damaged. On a server, what another instance wrote
  /// may be news here.
  private Optional<Change> here(Handle handle, Row row, Instant now) {
    if (!row.sound()) {
      return Optional.empty();
    }
    var held = living.held(row, now);
    var together =
        switch (Dialect.of(handle)) {
          case SQLITE -> held.standing();
          case POSTGRESQL -> living.together(held, row, now);
        };
    return Optional.of(new Change(held.key(), held.standing(), together));
  }

  private static Fate met(Optional<Change> known, Arriving one, Instant now, Round round) {
    if (known.isEmpty()) {
      return new Fate.Invalid("the row of this key is damaged: " + KeyTable.DAMAGED);
    }
    var here = known.get();
    var fields = new ArrayList<String>();
    var key = words(here.key(), one, fields);
    var standing = merged(here.to(), one.standing(), now, fields);
    if (fields.isEmpty()) {
      return new Fate.Same();
    }
    round.changed().put(key.id(), new Change(key, here.seen(), standing));
    return new Fate.Changed(fields);
  }

  private static ApiKey words(ApiKey key, Arriving one, List<String> fields) {
    return new ApiKey(
        key.id(),
        key.provider(),
        key.secret(),
        word("account", key.account(), one.words().account(), fields),
        word("remark", key.remark(), one.words().remark(), fields),
        weight(key.weight(), one.weight(), fields),
        key.createdAt());
  }

  private static String word(String field, String here, String there, List<String> fields) {
    if (there.isEmpty() || there.equals(here)) {
      return here;
    }
    fields.add(field);
    return there;
  }

  private static int weight(int here, int there, List<String> fields) {
    if (there == 0 || there == here) {
      return here;
    }
    fields.add("weight");
    return there;
  }

  /// What ends later than any rest may is no news to a key that rests.
  private static boolean isLonger(Cooling there, @Nullable Cooling here, Instant now) {
    if (here == null || !here.until().isAfter(now)) {
      return true;
    }
    var told = there.within(now).equals(there.until());
    return told && there.until().isAfter(here.until());
  }

  private static Standing merged(Standing here, Standing there, Instant now, List<String> fields) {
    var state = here.state();
    if (there.state() instanceof State.Blocked && !(state instanceof State.Blocked)) {
      fields.add("status");
      state = there.state();
    }
    var coolings = new HashMap<>(here.coolings());
    there
        .coolings()
        .forEach((model, cooling) -> {
          var known = coolings.get(model);
          if (cooling.until().isAfter(now) && isLonger(cooling, known, now)) {
            coolings.put(model, cooling);
            fields.add("cooling " + model);
          }
        });
    var total =
        here.totalCooling().compareTo(there.totalCooling()) < 0
            ? there.totalCooling()
            : here.totalCooling();
    return new Standing(state, coolings, total, here.health());
  }
}
