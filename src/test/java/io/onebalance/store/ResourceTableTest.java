package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class ResourceTableTest {

  private final Store store;

  ResourceTableTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;

  @Test
  void a_resource_stays_with_its_key_across_a_restart() {
    try (var rig = Rig.in(store, dir)) {
      var resources = ResourceTable.open(rig.database);
      resources.made("openai", "file-1", "key-a");
      resources.made("openai", "file-2", "key-b");
      resources.made("groq", "file-1", "key-c");
      resources.made("openai", "file-2", "key-d");
      assertThat(resources.keyOf("openai", "file-2")).contains("key-d");
    }
    try (var rig = Rig.in(store, dir)) {
      var resources = ResourceTable.open(rig.database);
      assertThat(resources.keyOf("openai", "file-1")).contains("key-a");
      assertThat(resources.keyOf("openai", "file-2")).contains("key-d");
      assertThat(resources.keyOf("groq", "file-1")).contains("key-c");
      assertThat(resources.keyOf("groq", "file-2")).isEmpty();
    }
  }

  @Test
  void only_the_newest_are_remembered() {
    try (var rig = Rig.in(store, dir)) {
      var resources = ResourceTable.open(rig.database, 3);
      for (var i = 0; i < 5; i++) {
        resources.made("openai", "file-" + i, "key");
      }
      resources.made("openai", "file-2", "key");
      resources.made("openai", "file-5", "key");
      assertThat(resources.keyOf("openai", "file-3")).isEmpty();
      assertThat(resources.keyOf("openai", "file-2")).isPresent();
      rig.keyring.flush();
      assertThat(rig.ask("SELECT resource FROM resources ORDER BY rowid"))
          .isEqualTo("file-4\nfile-2\nfile-5");
    }
  }

  @Test
  void what_the_disk_did_not_take_is_written_later_in_its_order() throws SQLException {
    try (var rig = Rig.impatient(store, dir)) {
      var resources = ResourceTable.open(rig.database, 3);
      resources.made("openai", "file-1", "key");
      try (var outsider = rig.outsider();
          var statement = outsider.createStatement()) {
        statement.execute(store.takingTheTurn());
        rig.database.behind().beat();
        for (var i = 2; i < 5; i++) {
          resources.made("openai", "file-" + i, "key");
        }
        rig.database.behind().beat();
        statement.execute("ROLLBACK");
      }
      rig.keyring.flush();
      assertThat(rig.ask("SELECT resource FROM resources ORDER BY rowid"))
          .isEqualTo("file-2\nfile-3\nfile-4");
    }
  }
}
