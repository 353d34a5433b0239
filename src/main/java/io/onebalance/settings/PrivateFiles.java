package io.onebalance.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// Files that only their owner may read. Where the file system knows no such rights (Windows), the
/// directory's own apply.
public final class PrivateFiles {
  private PrivateFiles() {}

  /// Makes the directory, and those above it, where they are missing: 0700.
  public static void directory(@Nullable Path directory) throws IOException {
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, rights(directory, "rwx------"));
    }
  }

  /// Writes the file whole, 0600 from its first moment, so that no reader ever sees half of it or
  /// more than it may.
  public static void write(Path file, String text) throws IOException {
    var target = file.toAbsolutePath();
    var fresh = target.resolveSibling(target.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, rights(fresh, "rw-------"));
    Files.writeString(fresh, text);
    Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] rights(Path path, String rights) {
    var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
