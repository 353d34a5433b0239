package io.onebalance.store.issue;

import io.onebalance.access.Issued;
import io.onebalance.secret.Secret;
import io.onebalance.store.AuditLog;
import io.onebalance.store.Database;
import io.onebalance.store.issue.End.Word;
import io.onebalance.store.issue.IssuedKey.Terms;
import io.onebalance.store.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateway keys that were issued, on disk and in force, in step. Every edit is one transaction
/// together with its audit row, and is in force once it is on the disk. What fails changes nothing
/// and throws [io.onebalance.store.StoreTrouble]. Thread-safe.
public final class IssuedKeys {
  /// Issued keys there may be.
  public static final int MOST = 10_000;

  private static final Logger log = LoggerFactory.getLogger(IssuedKeys.class);
  private static final String ENDS = ".gateway-key-ends";
  private static final String PROGRAM = "one-balance";

  private final Database database;
  private final Vault vault;
  private final Ends ends;
  private final Issued inForce;
  private final InstantSource clock;
  private volatile long seen;
  private final Mint mint = new Mint();

  private IssuedKeys(Database database, Vault vault, Ends ends, InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.ends = ends;
    this.inForce = new Issued(vault::hashOfGatewayKey);
    this.clock = clock;
  }

  /// A key that was just made, with its text, which is shown this once.
  public record Fresh(IssuedKey key, Secret text) {}

  /// Puts all stored keys in force, but for those that were ended since.
  public static IssuedKeys open(Database database, Vault vault, InstantSource clock) {
    var ends = Ends.open(database, database.beside(ENDS));
    var keys = new IssuedKeys(database, vault, ends, clock);
    keys.seen = keys.changed();
    var stored = database.read(IssuedTable::all);
    stored.forEach(keys::enter);
    keys.endWhatWasEnded(stored);
    return keys;
  }

  /// Brings what is in force up to what other instances wrote. Throws
  /// [io.onebalance.store.StoreTrouble].
  public void catchUp() {
    var changed = changed();
    if (changed > seen) {
      database.alone(() -> {
        var rows = database.read(IssuedTable::all);
        ends.refresh();
        var all = new ArrayList<Issued.Hashed>();
        rows.forEach(row -> enter(row, (hash, key) -> all.add(new Issued.Hashed(hash, key))));
        inForce.replace(all);
        return true;
      });
      seen = changed;
    }
  }

  /// The number of the newest change, of those that other instances may have made.
  private long changed() {
    return switch (database.engine().dialect()) {
      case SQLITE -> 0;
      case POSTGRESQL ->
          database.read(handle ->
              handle
                  .createQuery("SELECT changed FROM gateway_keys_changed")
                  .mapTo(Long.class)
                  .one());
    };
  }

  /// What is in force, for those who admit callers.
  public Issued inForce() {
    return inForce;
  }

  public List<IssuedKey> list() {
    return database.read(handle -> IssuedTable.all(handle).stream().map(IssuedRow::key).toList());
  }

  public Optional<IssuedKey> find(String id) {
    return database.read(handle -> IssuedTable.find(handle, id)).map(IssuedRow::key);
  }

  /// Makes a key. Fails with [IllegalArgumentException] where the name is taken or there are as
  /// many keys as may be.
  public Fresh add(String name, Terms terms, String actor) {
    var text = mint.text();
    var id = mint.id();
    var now = now();
    var key = new IssuedKey(id, name, Mint.tail(text), terms, Optional.empty(), now, now);
    var row = new IssuedRow(key, hash(text), Optional.empty());
    database.alone(() -> {
      database.write(handle -> {
        refuseAnother(handle, name, id);
        if (IssuedTable.count(handle) >= MOST) {
          throw new IllegalArgumentException(
              "there are " + MOST + " issued keys, and no more may be");
        }
        AuditLog.add(handle, now, actor, IssuedDeeds.told("gateway-key.add", key));
        IssuedTable.insert(handle, row);
        return true;
      });
      enter(row);
      return true;
    });
    return new Fresh(key, text);
  }

  /// Gives a key another name, where one is told, and other terms in place of those it has; empty
  /// when there is none of this id.
  public Optional<IssuedKey> change(
      String id, Optional<String> name, UnaryOperator<Terms> terms, String actor) {
    return edit(
            id,
            (handle, before, said) -> {
              var key = changed(before.key(), name, terms);
              refuseAnother(handle, key.name(), id);
              if (key.terms().enabled() != before.key().terms().enabled()) {
                var word = key.terms().enabled() ? Word.ENABLED : Word.DISABLED;
                said.add(ends.say(handle, before.hash(), word, key.updatedAt()));
              }
              var deed = IssuedDeeds.told("gateway-key.patch", key);
              AuditLog.add(handle, key.updatedAt(), actor, deed);
              var row = new IssuedRow(key, before.hash(), before.formerHash());
              IssuedTable.update(handle, row);
              return Optional.of(row);
            })
        .flatMap(Edited::after)
        .map(IssuedRow::key);
  }

  private IssuedKey changed(IssuedKey old, Optional<String> name, UnaryOperator<Terms> terms) {
    return new IssuedKey(
        old.id(),
        name.orElse(old.name()),
        old.tail(),
        terms.apply(old.terms()),
        old.formerUntil(),
        old.createdAt(),
        now());
  }

  /// Puts another text in a key's place. The one before still opens for `grace`; one from an
  /// earlier rotation does not. Empty when there is no key of this id.
  public Optional<Fresh> rotate(String id, Duration grace, String actor) {
    var text = mint.text();
    return edit(
            id,
            (handle, before, said) -> {
              var now = now();
              said.add(ends.say(handle, before.hash(), Word.REVOKED, now.plus(grace)));
              before
                  .formerHash()
                  .ifPresent(hash -> said.add(ends.say(handle, hash, Word.REVOKED, now)));
              var row = rotated(before, text, grace, now);
              AuditLog.add(handle, now, actor, IssuedDeeds.rotated(row.key(), grace));
              IssuedTable.update(handle, row);
              return Optional.of(row);
            })
        .flatMap(Edited::after)
        .map(row -> new Fresh(row.key(), text));
  }

  private IssuedRow rotated(IssuedRow before, Secret text, Duration grace, Instant now) {
    var old = before.key();
    var lingers = !grace.isZero();
    var key =
        new IssuedKey(
            old.id(),
            old.name(),
            Mint.tail(text),
            old.terms(),
            lingers ? Optional.of(now.plus(grace)) : Optional.empty(),
            old.createdAt(),
            now);
    return new IssuedRow(key, hash(text), lingers ? Optional.of(before.hash()) : Optional.empty());
  }

  /// Ends a key for good; false when there is none of this id.
  public boolean revoke(String id, String actor) {
    return edit(
            id,
            (handle, before, said) -> {
              var now = now();
              said.add(ends.say(handle, before.hash(), Word.REVOKED, now));
              before
                  .formerHash()
                  .ifPresent(hash -> said.add(ends.say(handle, hash, Word.REVOKED, now)));
              var deed = IssuedDeeds.told("gateway-key.revoke", before.key());
              AuditLog.add(handle, now, actor, deed);
              IssuedTable.delete(handle, id);
              return Optional.empty();
            })
        .isPresent();
  }

  /// What is done to a row within its transaction: how it is written, empty where it is gone.
  private interface Edit {
    Optional<IssuedRow> write(Handle handle, IssuedRow before, List<End> said);
  }

  private record Edited(IssuedRow before, Optional<IssuedRow> after) {}

  /// The row is read within the turn to write: what another instance did a moment ago is in it.
  private Optional<Edited> edit(String id, Edit edit) {
    return database.alone(() -> {
      var said = new ArrayList<End>();
      var edited =
          database.write(handle -> {
            said.clear();
            return IssuedTable.find(handle, id)
                .map(before -> new Edited(before, edit.write(handle, before, said)));
          });
      ends.hear(said);
      edited.ifPresent(it -> follow(it.before, it.after));
      ends.keep(said);
      return edited;
    });
  }

  /// What stays in force is so all the time: requests are admitted meanwhile.
  private void follow(IssuedRow before, Optional<IssuedRow> after) {
    after.ifPresent(this::enter);
    var still = after.map(IssuedRow::opening).orElse(List.of());
    before.opening().stream()
        .filter(hash -> still.stream().noneMatch(other -> Arrays.equals(hash, other)))
        .forEach(inForce::remove);
  }

  private static void refuseAnother(Handle handle, String name, String id) {
    if (IssuedTable.isNamed(handle, name, id)) {
      throw new IllegalArgumentException("another gateway key has this name");
    }
  }

  private void enter(IssuedRow row) {
    enter(row, inForce::put);
  }

  private void enter(IssuedRow row, BiConsumer<byte[], Issued.Key> into) {
    if (row.key().terms().enabled()) {
      into.accept(row.hash(), row.until(revokedFrom(row.hash())));
      row.formerHash().ifPresent(hash -> into.accept(hash, row.until(row.key().formerUntil())));
    }
  }

  private Optional<Instant> revokedFrom(byte[] hash) {
    return ends.of(hash).filter(end -> end.word() == Word.REVOKED).map(End::from);
  }

  /// The database may be an old copy: what was revoked or disabled since is so again (F67).
  private void endWhatWasEnded(List<IssuedRow> stored) {
    var now = now();
    for (var row : stored) {
      ends.of(row.hash()).ifPresent(end -> endAgain(row, end, now));
    }
  }

  private void endAgain(IssuedRow row, End end, Instant now) {
    var key = row.key();
    switch (end.word()) {
      case REVOKED -> {
        if (!now.isBefore(end.from())) {
          log.warn("the gateway key '{}' was revoked since this database was copied", key.name());
          revoke(key.id(), PROGRAM);
        }
      }
      case DISABLED -> {
        if (key.terms().enabled()) {
          log.warn("the gateway key '{}' was disabled since this database was copied", key.name());
          change(key.id(), Optional.empty(), terms -> terms.enabled(false), PROGRAM);
        }
      }
      case ENABLED -> {}
    }
  }

  private byte[] hash(Secret text) {
    return vault.hashOfGatewayKey(text.reveal());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
