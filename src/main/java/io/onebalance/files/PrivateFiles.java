package io.onebalance.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Files and directories that only their owner may read (0600, 0700). Where the file system knows
/// no such modes (Windows), the directory's own rules apply.
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private PrivateFiles() {}

  /// Makes the directory, and those above it, where they are absent; one that exists stays as it
  /// is.
  public static void makeDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, modes(directory, "rwx------"));
    }
  }

  /// Makes an empty file where there is none, and closes an existing one to others.
  public static void makeFile(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, modes(file, "rw-------"));
    } else if (othersMayUse(file)) {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    }
  }

  /// Writes a file in one piece, in place of one that is there: whoever reads it finds all of the
  /// old text or all of the new one, also after a crash.
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /// As [#write(Path, String)].
  public static void write(Path file, byte[] bytes) throws IOException {
    var draft = Files.createTempFile(directoryOf(file), file.getFileName() + "-", ".new");
    try {
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        writeAll(channel, bytes);
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(directoryOf(file));
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// Whether another user gives it to a group to read, and nobody else may use it: so do systemd
  /// and Kubernetes hand over secrets, and who reads them cannot change that.
  public static boolean isHandedOver(Path file) throws IOException {
    if (!knowsModes(file) || isOwn(file)) {
      return false;
    }
    var modes = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    modes.removeAll(OWNER_ONLY);
    return Set.of(PosixFilePermission.GROUP_READ).containsAll(modes);
  }

  private static boolean isOwn(Path file) throws IOException {
    var user = ProcessHandle.current().info().user();
    return user.filter(Files.getOwner(file).getName()::equals).isPresent();
  }

  /// All of it: a disk that is nearly full takes a part, and says no only to the rest.
  static void writeAll(WritableByteChannel channel, byte[] bytes) throws IOException {
    var rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /// Whether anybody but the owner may read, write or run it.
  public static boolean othersMayUse(Path file) throws IOException {
    if (!knowsModes(file)) {
      return false;
    }
    var others = EnumSet.allOf(PosixFilePermission.class);
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    others.retainAll(Files.getPosixFilePermissions(file));
    return !others.isEmpty();
  }

  /// Where a folder can be opened (not on Windows), its new entry is on the disk afterwards.
  private static void force(Path directory) throws IOException {
    if (knowsModes(directory)) {
      try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] modes(Path path, String modes) {
    return knowsModes(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(modes))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean knowsModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static Path directoryOf(Path file) {
    var parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
