package io.onebalance.ledger.journal;

import io.onebalance.files.PrivateFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// One file of the journal, mapped into memory: records from its beginning on, zeros behind them.
///
/// A record is its length, a check of its bytes and its place, and the bytes, on multiples of
/// eight. The length is written last: a record of which the process could not finish the writing
/// has none.
final class Segment {
  /// Bytes of a record at most.
  static final int MOST_RECORD = 64 << 10;

  private static final int HEAD = 8;
  private static final int CHECK = 4;
  private static final int GRAIN = 8;
  private static final int PIECE = 256 << 10;
  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[PIECE]);
  private static final long SCATTER = 0x9E37_79B9_7F4A_7C15L;

  private static final ValueLayout.OfInt NUMBER =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LENGTH = NUMBER.varHandle();

  private final long base;
  private final Path file;
  private final Arena arena;
  private final MemorySegment bytes;

  /// Where the next record goes; only the one who writes knows.
  private int end;

  /// From where on nothing more will come; only the one who reads knows.
  private int doneFrom = Integer.MAX_VALUE;

  private Segment(long base, Path file, Arena arena, MemorySegment bytes) {
    this.base = base;
    this.file = file;
    this.arena = arena;
    this.bytes = bytes;
  }

  /// A new one that begins at this position. All of its room is taken on the disk at once: a full
  /// disk is told here, not by a fault when a record is written.
  static Segment make(Path file, long base, int size) throws IOException {
    PrivateFiles.makeFile(file);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var zeros = ByteBuffer.allocate(Math.min(PIECE, size));
      for (var left = size; left > 0; left -= zeros.capacity()) {
        zeros.clear().limit(Math.min(left, zeros.capacity()));
        while (zeros.hasRemaining()) {
          channel.write(zeros);
        }
      }
    } catch (IOException full) {
      Files.deleteIfExists(file);
      throw full;
    }
    return open(file, base);
  }

  /// One that is there, as it is.
  static Segment open(Path file, long base) throws IOException {
    var arena = Arena.ofShared();
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var size = Math.min(channel.size(), Integer.MAX_VALUE - GRAIN) / GRAIN * GRAIN;
      var bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
      return new Segment(base, file, arena, bytes);
    } catch (IOException | RuntimeException failed) {
      arena.close();
      throw failed;
    }
  }

  static int check(byte[] record, int length) {
    var crc = new CRC32C();
    crc.update(record, 0, length);
    return (int) crc.getValue();
  }

  long base() {
    return base;
  }

  int size() {
    return (int) bytes.byteSize();
  }

  /// The position behind it.
  long limit() {
    return base + bytes.byteSize();
  }

  /// The position behind what was written; only the one who writes knows.
  long written() {
    return base + end;
  }

  boolean hasRecords() {
    return bytes.byteSize() >= HEAD && length(0) != 0;
  }

  boolean isHalfFull() {
    return end > bytes.byteSize() / 2;
  }

  /// Whether there was room. One thread at a time.
  boolean append(byte[] record, int length, int check) {
    if (bytes.byteSize() - end < HEAD + (long) length) {
      return false;
    }
    var at = end;
    MemorySegment.copy(record, 0, bytes, ValueLayout.JAVA_BYTE, at + HEAD, length);
    bytes.set(NUMBER, at + CHECK, check ^ place(at));
    LENGTH.setRelease(bytes, (long) at, length);
    end = at + span(length);
    return true;
  }

  /// The length of the record here, zero where none was written (yet).
  int length(int at) {
    return at > bytes.byteSize() - HEAD ? 0 : (int) LENGTH.getAcquire(bytes, (long) at);
  }

  /// The bytes of the record here; none where this is no whole record of ours.
  byte[] record(int at) {
    var length = length(at);
    if (length <= 0 || length > MOST_RECORD || at + HEAD + (long) length > bytes.byteSize()) {
      return new byte[0];
    }
    var record = new byte[length];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at + HEAD, record, 0, length);
    var whole = bytes.get(NUMBER, at + CHECK) == (check(record, length) ^ place(at));
    return whole ? record : new byte[0];
  }

  /// Where the record behind one of this length begins.
  static int span(int length) {
    return (HEAD + length + GRAIN - 1) / GRAIN * GRAIN;
  }

  static long aligned(long position) {
    return (position + GRAIN - 1) / GRAIN * GRAIN;
  }

  /// The first place from here on where there is a whole record; the size where there is none.
  int nextRecord(int from) {
    for (var at = notZero(from); at <= size() - HEAD; at = notZero(at + GRAIN)) {
      if (record(at).length > 0) {
        return at;
      }
    }
    return size();
  }

  /// The first place from here on that is not all zeros, compared in pieces: a process that was
  /// killed leaves millions of them.
  private int notZero(int from) {
    for (var at = (int) aligned(from); at < size(); at += PIECE) {
      var piece = Math.min(PIECE, size() - at);
      var found = bytes.asSlice(at, piece).mismatch(ZEROS.asSlice(0, piece));
      if (found >= 0) {
        return (at + (int) found) / GRAIN * GRAIN;
      }
    }
    return size();
  }

  /// Of a segment that nobody writes to any more: there is nothing from here on.
  void doneFrom(int at) {
    doneFrom = at;
  }

  boolean isDone(int at) {
    return at >= doneFrom;
  }

  /// Lets go of the memory. What nobody wrote to is cut off from the file.
  void close(boolean isWritten) throws IOException {
    arena.close();
    if (isWritten) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(end);
      }
    }
  }

  void delete() throws IOException {
    arena.close();
    Files.deleteIfExists(file);
  }

  private int place(int at) {
    return (int) (((base + at) * SCATTER) >>> 32);
  }
}
