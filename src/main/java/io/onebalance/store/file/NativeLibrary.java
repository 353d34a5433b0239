package io.onebalance.store.file;

import io.onebalance.files.PrivateFiles;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite's native library, kept in the data directory. Left alone, sqlite-jdbc unpacks it into the
/// folder for temporary files at every start, compares it byte by byte, starts `uname` to know the
/// machine, and leaves all that behind where the process is killed. It still does so where this
/// fails: on other machines, or where the directory may not hold code.
public final class NativeLibrary {
  private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String FILE = System.mapLibraryName("sqlitejdbc");

  private NativeLibrary() {}

  /// Keeps it in this folder, which is made where it is absent, for sqlite-jdbc to load it from
  /// there; the first folder of a process counts. It is not loaded here: where sqlite-jdbc has
  /// loaded another copy before, methods would come from both, and one that was never made ready
  /// brings the process down.
  public static synchronized void keepIn(Path folder) {
    if (System.getProperty("org.sqlite.lib.path") != null) {
      return;
    }
    try {
      var packed = packed();
      if (packed.isPresent()) {
        tell(kept(packed.get(), folder));
      }
    } catch (IOException trouble) {
      log.info("SQLite's library is not kept in {}: {}", folder, trouble.toString());
    }
  }

  private static void tell(Path file) {
    System.setProperty("org.sqlite.lib.path", String.valueOf(file.getParent()));
    System.setProperty("org.sqlite.lib.name", FILE);
  }

  /// The file in the folder, equal to what is packed; one of another version or machine is
  /// replaced.
  static Path kept(URL packed, Path folder) throws IOException {
    var file = folder.resolve(FILE).toAbsolutePath();
    if (!Files.exists(file) || checksum(Files.readAllBytes(file)) != checksum(packed)) {
      PrivateFiles.makeDirectory(folder);
      try (var bytes = packed.openStream()) {
        PrivateFiles.write(file, bytes.readAllBytes());
      }
    }
    return file;
  }

  /// As the jar's directory has it, so that nothing needs to be unpacked.
  private static long checksum(URL packed) throws IOException {
    if (packed.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarEntry().getCrc();
    }
    try (var bytes = packed.openStream()) {
      return checksum(bytes.readAllBytes());
    }
  }

  private static long checksum(byte[] bytes) {
    var sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }

  /// The library for this machine, where we know it and sqlite-jdbc has one.
  static Optional<URL> packed() throws IOException {
    var processor =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "aarch64";
          default -> "unknown"; // there are many more
        };
    var name = "native/" + system() + "/" + processor + "/" + FILE;
    return Optional.ofNullable(SQLiteJDBCLoader.class.getResource(name));
  }

  private static String system() throws IOException {
    var name = System.getProperty("os.name");
    if (name.equals("Linux")) {
      return Files.readString(Path.of("/proc/self/maps")).contains("/ld-musl-")
          ? "Linux-Musl"
          : "Linux";
    }
    return name.startsWith("Mac") ? "Mac" : name.startsWith("Windows") ? "Windows" : "unknown";
  }
}
