package io.onebalance.store.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.onebalance.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a second process off a database. The system frees the lock when the process ends, however
/// it ends; the file stays and holds the number of the process that had it last.
public final class LockFile implements AutoCloseable {
  /// The locked byte lies behind the text, so that others can read the text where locks are
  /// mandatory.
  private static final long LOCKED_BYTE = 1 << 20;

  private final FileChannel channel;

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  public static LockFile take(Path file) throws IOException {
    PrivateFiles.makeFile(file);
    var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(channel, file)) {
      throw refusal(file, channel);
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)), 0);
    return new LockFile(channel);
  }

  /// Within one process the channel stays open on refusal: closing any channel of a file frees all
  /// locks that the process has on it.
  private static boolean locked(FileChannel channel, Path file) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException overlap) {
      throw new CannotOpen("this process has " + file + " open already", overlap);
    }
  }

  private static CannotOpen refusal(Path file, FileChannel channel) throws IOException {
    try (channel) {
      var pid = ByteBuffer.allocate(20);
      channel.read(pid, 0);
      return new CannotOpen(
          "the database is in use by process %s (lock file %s): stop that process, or set DATA_DIR to a directory of its own"
              .formatted(new String(pid.array(), 0, pid.position(), US_ASCII), file));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
