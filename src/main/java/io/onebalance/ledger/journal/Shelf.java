package io.onebalance.ledger.journal;

import io.onebalance.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The segments of a journal in their order, in a directory of their own. The name of a file is the
/// position at which it begins. Reading is thread-safe; whoever changes sees to it that nobody else
/// does.
final class Shelf {
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})\\.journal");

  private final Path directory;
  private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

  private Shelf(Path directory) {
    this.directory = directory;
  }

  /// What lies in the directory, without what was taken over or is empty.
  static Shelf open(Path directory, long applied) throws IOException {
    PrivateFiles.makeDirectory(directory);
    var shelf = new Shelf(directory);
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          shelf.take(Segment.open(file, HexFormat.fromHexDigitsToLong(name.group(1))), applied);
        }
      }
    }
    return shelf;
  }

  private void take(Segment segment, long applied) throws IOException {
    if (segment.base() < 0 || segment.limit() <= applied || !segment.hasRecords()) {
      segment.delete();
    } else {
      segments.put(segment.base(), segment);
    }
  }

  /// The position behind everything.
  long limit() {
    return segments.isEmpty() ? 0 : segments.lastEntry().getValue().limit();
  }

  long bytes() {
    var sum = 0L;
    for (var segment : segments.values()) {
      sum += segment.size();
    }
    return sum;
  }

  /// A new segment that is not on the shelf yet. The last room of a disk is left to the store.
  Segment make(long base, int size) throws IOException {
    if (Files.getFileStore(directory).getUsableSpace() < 2L * size) {
      throw new IOException("the disk of " + directory + " is nearly full");
    }
    var name = String.format(Locale.ROOT, "%016x.journal", base);
    return Segment.make(directory.resolve(name), base, size);
  }

  void add(Segment segment) {
    segments.put(segment.base(), segment);
  }

  /// The segment that has this position, or else the first behind it.
  @Nullable Segment at(long position) {
    var found = segments.floorEntry(position);
    return found == null || found.getValue().limit() <= position
        ? after(position)
        : found.getValue();
  }

  @Nullable Segment after(long position) {
    var found = segments.higherEntry(position);
    return found == null ? null : found.getValue();
  }

  /// Deletes the segments of which everything was taken over. The last one stays.
  void forget(long upTo) throws IOException {
    while (segments.size() > 1) {
      var first = segments.firstEntry().getValue();
      var next = segments.higherEntry(first.base()).getValue();
      if (next.base() > upTo) {
        return;
      }
      segments.remove(first.base());
      first.delete();
    }
  }

  void close(@Nullable Segment written) throws IOException {
    for (var segment : segments.values()) {
      segment.close(segment == written);
    }
    segments.clear();
  }
}
