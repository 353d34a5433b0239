package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Store;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.SealedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `rotate-master-key` in a process of its own, which is killed.
class MasterKeyKillTest {
  /// When it is killed: the new key is written, the old one is kept, all of that is over.
  private enum Moment {
    NEXT_IS_WRITTEN,
    OLD_IS_KEPT,
    NEXT_IS_IN_PLACE
  }

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(Store.class)
  @DisplayName("P16 killed in the middle of a change, the key in the file opens the database")
  void killed_in_the_middle(Store store) throws Exception {
    var data = dir.resolve("data");
    var environment =
        new HashMap<>(Map.of("DATA_DIR", data.toString(), "AUTH_KEY", "k".repeat(30)));
    if (store == Store.POSTGRESQL) {
      environment.put("DATABASE_URL", store.url(dir));
    }
    try (var child = Child.serving(dir, environment)) {
      assertThat(
              child
                  .post("/api/keys/add/groq", "k".repeat(30), "text/plain", "gsk-one")
                  .statusCode())
          .isEqualTo(200);
    }
    for (var moment : Moment.values()) {
      finish(store, data, environment);
      try (var rotating = Child.running(dir, environment, "rotate-master-key")) {
        await(moment, rotating, data);
        rotating.kill();
      }
      opens(store, data);
    }
    finish(store, data, environment);
    try (var rotating = Child.running(dir, environment, "rotate-master-key")) {
      assertThat(rotating.exit()).isZero();
    }
    opens(store, data);
    try (var finishing = Child.running(dir, environment, "rotate-master-key", "--finish")) {
      assertThat(finishing.exit()).isZero();
    }
    assertThat(wrapped(store, data)).doesNotContain(" ");
    opens(store, data);
  }

  /// A change that came to its end may be the last but for this; one that was broken off goes on.
  private void finish(Store store, Path data, Map<String, String> environment) throws Exception {
    if (wrapped(store, data).contains(" ") && Files.notExists(data.resolve("master.key.next"))) {
      try (var finishing = Child.running(dir, environment, "rotate-master-key", "--finish")) {
        assertThat(finishing.exit()).isZero();
      }
    }
  }

  private static void await(Moment moment, Child rotating, Path data) throws Exception {
    var kept = kept(data);
    while (rotating.lives()
        && switch (moment) {
          case NEXT_IS_WRITTEN -> Files.notExists(data.resolve("master.key.next"));
          case OLD_IS_KEPT -> kept(data) == kept;
          case NEXT_IS_IN_PLACE ->
              kept(data) == kept || Files.exists(data.resolve("master.key.next"));
        }) {
      Thread.onSpinWait();
    }
  }

  private static long kept(Path data) throws Exception {
    try (var files = Files.list(data)) {
      return files.filter(file -> file.getFileName().toString().contains(".before-")).count();
    }
  }

  private void opens(Store store, Path data) throws Exception {
    var master = MasterKey.existing(Optional.empty(), data.resolve("master.key"));
    SealedKeys.check(wrapped(store, data), master);
  }

  private String wrapped(Store store, Path data) throws Exception {
    try (var connection = store.outsider(store == Store.SQLITE ? data : dir);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT wrapped FROM vault")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
