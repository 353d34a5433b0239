package io.onebalance.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @TempDir private Path directory;

  private URL packed;
  private byte[] content;
  private Path kept;

  @BeforeEach
  void keep() throws Exception {
    packed = NativeLibrary.packed().orElseThrow();
    try (var bytes = packed.openStream()) {
      content = bytes.readAllBytes();
    }
    kept = NativeLibrary.kept(packed, directory.resolve("native"));
  }

  @Test
  @SuppressWarnings("restricted") // loading is the point
  void it_is_unpacked_whole_and_can_be_loaded() {
    assertThat(kept).hasBinaryContent(content);
    assertThat(kept.getParent()).isDirectoryNotContaining("glob:**.new");
    try (var loaded = Arena.ofConfined()) { // not by System.load: JNI would use it from then on
      assertThat(
              SymbolLookup.libraryLookup(kept, loaded).find("Java_org_sqlite_core_NativeDB_step"))
          .isPresent();
    }
  }

  @Test
  void what_is_there_already_stays() throws Exception {
    var then = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(kept, then);
    assertThat(NativeLibrary.kept(packed, directory.resolve("native"))).isEqualTo(kept);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(then);
  }

  @Test
  void a_damaged_one_is_replaced() throws Exception {
    content[content.length / 2]++;
    Files.write(kept, content);
    NativeLibrary.kept(packed, directory.resolve("native"));
    content[content.length / 2]--;
    assertThat(kept).hasBinaryContent(content);
  }
}
