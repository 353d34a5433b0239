package io.onebalance.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir private Path directory;

  @Test
  void a_written_file_is_its_owners_alone_and_leaves_no_draft() throws Exception {
    var file = directory.resolve("secret");
    PrivateFiles.write(file, "one\n");
    PrivateFiles.write(file, "two\n");
    assertThat(file).hasContent("two\n");
    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(PrivateFiles.othersMayUse(file)).isFalse();
    try (var all = Files.list(directory)) {
      assertThat(all).containsExactly(file);
    }
  }

  /// As a disk does that is nearly full.
  @Test
  void what_is_taken_in_parts_is_written_to_its_end() throws Exception {
    var taken = new ByteArrayOutputStream();
    var disk =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer from) {
            var part = new byte[Math.min(3, from.remaining())];
            from.get(part);
            taken.writeBytes(part);
            return part.length;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    PrivateFiles.writeAll(disk, "one, two, three".getBytes(UTF_8));
    assertThat(taken.toString(UTF_8)).isEqualTo("one, two, three");
  }

  @Test
  void what_replaces_an_open_file_is_closed_to_others() throws Exception {
    var file = open(directory.resolve("open"));
    assertThat(PrivateFiles.othersMayUse(file)).isTrue();
    PrivateFiles.write(file, "text");
    assertThat(rights(file)).isEqualTo("rw-------");
  }

  @Test
  void an_open_file_is_closed_and_keeps_its_content() throws Exception {
    var file = open(directory.resolve("open"));
    PrivateFiles.makeFile(file);
    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(file).hasContent("old");
  }

  @Test
  void directories_are_made_with_those_above_and_are_left_alone_where_they_are() throws Exception {
    var deep = directory.resolve("a/b");
    PrivateFiles.makeDirectory(deep);
    assertThat(rights(deep)).isEqualTo("rwx------");
    Files.setPosixFilePermissions(deep, PosixFilePermissions.fromString("rwxr-xr-x"));
    PrivateFiles.makeDirectory(deep);
    assertThat(rights(deep)).isEqualTo("rwxr-xr-x");
  }

  private static Path open(Path file) throws Exception {
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private static String rights(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
