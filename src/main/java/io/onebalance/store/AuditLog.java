package io.onebalance.store;

import io.onebalance.store.engine.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Who changed what, when. Rows are only ever added, each in the transaction of the change it tells
/// of, and each hashed together with the hash of the row before: a row changed or taken out later
/// is noticed by [#firstFlaw]. Thread-safe.
public final class AuditLog {
  /// One change. `detail` is JSON and holds no key.
  public record Entry(
      long seq, Instant at, String actor, String action, String target, String detail) {}

  private record Chained(Entry entry, String hash) {}

  private static final String START = "";
  private static final String COLUMNS = "seq, at, actor, action, target, detail, hash";

  private static final RowMapper<Chained> ROW =
      (row, _) ->
          new Chained(
              new Entry(
                  row.getLong("seq"),
                  Instant.ofEpochSecond(row.getLong("at")),
                  row.getString("actor"),
                  row.getString("action"),
                  row.getString("target"),
                  row.getString("detail")),
              row.getString("hash"));

  private final Database database;

  public AuditLog(Database database) {
    this.database = database;
  }

  /// For the store's own packages: adds a row within the transaction of `handle`.
  public static void add(Handle handle, Instant at, String actor, Deed deed) {
    var last = last(handle);
    var seq = last.map(row -> row.entry.seq).orElse(0L) + 1;
    var when = Instant.ofEpochSecond(at.getEpochSecond());
    var entry = new Entry(seq, when, actor, deed.action(), deed.target(), deed.detail());
    handle.execute(
        "INSERT INTO audit (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)",
        seq,
        at.getEpochSecond(),
        actor,
        deed.action(),
        deed.target(),
        deed.detail(),
        hash(entry, last.map(Chained::hash).orElse(START)));
  }

  /// What is told of a change: what was done, to what, and how exactly.
  public record Deed(String action, String target, String detail) {}

  /// The newest entries with a number below `before`, newest first.
  public List<Entry> newest(long before, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT " + COLUMNS + " FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?")
            .bind(0, before)
            .bind(1, limit)
            .map(ROW)
            .map(Chained::entry)
            .list());
  }

  /// The number of the first row that is missing or not as it was written; empty when all is well.
  public Optional<Long> firstFlaw() {
    return database.read(handle -> {
      try (var rows =
          handle
              .createQuery("SELECT " + COLUMNS + " FROM audit ORDER BY seq")
              .map(ROW)
              .iterator()) {
        var chain = new Chain();
        while (rows.hasNext()) {
          var row = rows.next();
          if (!chain.takes(row)) {
            return Optional.of(chain.next);
          }
        }
        return chain.next > highest(handle) ? Optional.empty() : Optional.of(chain.next);
      }
    });
  }

  private static final class Chain {
    private long next = 1;
    private String hash = START;

    boolean takes(Chained row) {
      if (row.entry.seq != next || !row.hash.equals(hash(row.entry, hash))) {
        return false;
      }
      next++;
      hash = row.hash;
      return true;
    }
  }

  /// The highest number ever given, which is remembered apart from the rows.
  private static long highest(Handle handle) {
    var remembered =
        switch (Dialect.of(handle)) {
          case SQLITE -> "SELECT seq FROM sqlite_sequence WHERE name = 'audit'";
          case POSTGRESQL -> "SELECT seq FROM audit_last";
        };
    return handle.createQuery(remembered).mapTo(Long.class).findOne().orElse(0L);
  }

  private static Optional<Chained> last(Handle handle) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM audit ORDER BY seq DESC LIMIT 1")
        .map(ROW)
        .findOne();
  }

  /// Each field is preceded by its length, so that no two rows read the same.
  private static String hash(Entry entry, String before) {
    var text = new StringBuilder();
    for (var field :
        List.of(
            before,
            Long.toString(entry.seq),
            Long.toString(entry.at.getEpochSecond()),
            entry.actor,
            entry.action,
            entry.target,
            entry.detail)) {
      text.append(field.length()).append(':').append(field);
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
