package io.onebalance.store.issue;

import io.onebalance.files.PrivateFiles;
import io.onebalance.store.Database;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.issue.End.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which keys were revoked or disabled, in the database and in a file beside it, so that a database
/// that was put back from an old copy does not revive them (F67). The file holds only hashes.
///
/// A change is written to the database first, in the transaction that it belongs to, and then to
/// the file. Killed in between, the file is made good at the next start: each word has a number,
/// and the later one about a key counts, wherever it stands. To be used by one thread at a time.
final class Ends {
  /// Words about the longest ago go when there are more: some 9 MB.
  private static final int MOST = 100_000;

  private static final Logger log = LoggerFactory.getLogger(Ends.class);

  private final Database database;
  private final Path file;
  private final Map<String, End> byHash;
  private long last;

  private Ends(Database database, Path file, Map<String, End> byHash) {
    this.database = database;
    this.file = file;
    this.byHash = byHash;
    this.last = byHash.values().stream().mapToLong(End::seq).max().orElse(0);
  }

  /// Reads both, and brings each up to what the other knows. Mostly they know the same: then
  /// nothing is written, and a start waits for nobody who writes.
  static Ends open(Database database, Path file) {
    var inFile = read(file);
    var stored = database.read(Ends::stored);
    var untold = laterThan(stored, inFile);
    if (!untold.isEmpty()) {
      database.write(handle -> {
        laterThan(stored(handle), inFile).forEach(end -> put(handle, end));
        return true;
      });
    }
    var known = new HashMap<>(stored);
    untold.forEach(end -> known.put(end.hash(), end));
    var ends = new Ends(database, file, known);
    ends.keep(laterThan(inFile, known));
    return ends;
  }

  /// What of `others` is said later than here, or only there.
  private static List<End> laterThan(Map<String, End> here, Map<String, End> others) {
    return others.values().stream()
        .filter(end -> end.isLaterThan(here.getOrDefault(end.hash(), end.earlier())))
        .toList();
  }

  private static Map<String, End> read(Path file) {
    try {
      return Files.notExists(file)
          ? new HashMap<>()
          : byHash(
              Files.readAllLines(file).stream().map(End::parse).flatMap(Optional::stream).toList());
    } catch (IOException unreadable) {
      throw new CannotOpen(
          "the file of revoked keys " + file + " cannot be read: " + unreadable, unreadable);
    }
  }

  private static Map<String, End> byHash(List<End> all) {
    var ends = new HashMap<String, End>();
    all.forEach(end -> ends.merge(end.hash(), end, Ends::later));
    return ends;
  }

  private static End later(End one, End other) {
    return other.isLaterThan(one) ? other : one;
  }

  private static Map<String, End> stored(Handle handle) {
    return byHash(
        handle
            .createQuery("SELECT key_hash, seq, word, from_time FROM gateway_key_ends")
            .map((row, _) ->
                new End(
                    HexFormat.of().formatHex(row.getBytes("key_hash")),
                    row.getLong("seq"),
                    Word.valueOf(row.getString("word")),
                    Instant.ofEpochSecond(row.getLong("from_time"))))
            .list());
  }

  /// The last word about a key.
  Optional<End> of(byte[] hash) {
    return Optional.ofNullable(byHash.get(HexFormat.of().formatHex(hash)));
  }

  /// Writes a word within the transaction of `handle`. It counts once [#hear] is called.
  End say(Handle handle, byte[] hash, Word word, Instant from) {
    last = Math.max(last, newest(handle)) + 1;
    var end = new End(HexFormat.of().formatHex(hash), last, word, from);
    put(handle, end);
    return end;
  }

  /// Other instances say words too.
  private static long newest(Handle handle) {
    return handle
        .createQuery("SELECT COALESCE(MAX(seq), 0) FROM gateway_key_ends")
        .mapTo(Long.class)
        .one();
  }

  /// Takes over what other instances said.
  void refresh() {
    var others = laterThan(byHash, database.read(Ends::stored));
    hear(others);
    keep(others);
  }

  private static void put(Handle handle, End end) {
    handle.execute(
        "INSERT INTO gateway_key_ends (key_hash, seq, word, from_time) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (key_hash) DO UPDATE SET seq = excluded.seq, word = excluded.word,"
            + " from_time = excluded.from_time",
        HexFormat.of().parseHex(end.hash()),
        end.seq(),
        end.word().name(),
        end.from().getEpochSecond());
  }

  /// What was said is on the disk, and counts from now on.
  void hear(List<End> said) {
    said.forEach(end -> byHash.put(end.hash(), end));
  }

  /// What was heard goes to the file too.
  void keep(List<End> said) {
    if (!said.isEmpty()) {
      writeFile();
    }
  }

  /// What cannot be written now is written with the next word, or at the next start.
  private void writeFile() {
    while (byHash.size() > MOST) {
      byHash.remove(oldest());
    }
    var lines =
        byHash.values().stream()
            .sorted(Comparator.comparingLong(End::seq))
            .map(end -> end.line() + "\n")
            .collect(Collectors.joining());
    try {
      if (!lines.isEmpty()) {
        PrivateFiles.write(file, lines);
      }
    } catch (IOException trouble) {
      log.warn(
          "the file of revoked gateway keys {} cannot be written: {}", file, trouble.toString());
    }
  }

  private String oldest() {
    return byHash.values().stream().min(Comparator.comparingLong(End::seq)).orElseThrow().hash();
  }
}
