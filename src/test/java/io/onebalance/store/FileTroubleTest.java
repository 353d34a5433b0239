package io.onebalance.store;

import static io.onebalance.store.RichStanding.HEALTH;
import static io.onebalance.store.RichStanding.RICH;
import static io.onebalance.store.RichStanding.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Cooling;
import io.onebalance.key.Standing;
import io.onebalance.key.State;
import io.onebalance.store.StoreTrouble.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a file can suffer.
class FileTroubleTest {
  @TempDir Path dir;

  @Test
  @DisplayName(
      "F54 disk full: edits say so, lessons are kept, and all is written once there is room")
  void disk_full() {
    String id;
    try (var rig = Rig.in(dir)) {
      id = rig.add("groq", "gsk-one");
      rig.onTheWriter("PRAGMA max_page_count = 1");
      var many = List.of(Rig.key("k".repeat(8000)));
      refused(Kind.FULL, () -> rig.keyring.add("groq", many, "me"));
      assertThat(rig.keyring.counts().get("groq")).extracting("active").isEqualTo(1);
      assertThat(rig.database.trouble()).isPresent();

      var fat = new Cooling(at(60), Duration.ofSeconds(60), "r".repeat(20_000), 1);
      var standing = new Standing(State.ACTIVE, Map.of("m", fat), Duration.ZERO, HEALTH);
      rig.learn(id, standing);
      assertThat(rig.database.behind().beat()).isEqualTo(2);
      assertThat(rig.database.behind().beat()).isEqualTo(4);
      assertThat(rig.standing(id)).isEqualTo(standing);

      rig.onTheWriter("PRAGMA max_page_count = 1000000");
      assertThat(rig.database.behind().beat()).isEqualTo(1);
      assertThat(rig.database.trouble()).isEmpty();
      assertThat(rig.keyring.add("groq", many, "me").added()).isEqualTo(1);
    }
    try (var rig = Rig.in(dir)) {
      assertThat(rig.standing(id).coolings().get("m")).extracting("strikes").isEqualTo(1);
    }
  }

  @Test
  @DisplayName("F56 the file is gone: noticed with nothing to write, never made anew; it heals")
  void the_file_is_gone() throws IOException {
    try (var rig = Rig.in(dir)) {
      var id = rig.add("groq", "gsk-one");
      var file = dir.resolve("one-balance.db");
      Files.move(file, dir.resolve("elsewhere"));
      rig.database.behind().beat();
      assertThat(rig.database.trouble())
          .hasValueSatisfying(t -> assertThat(t).hasMessageContaining("deleted or replaced"));
      refused(Kind.AWAY, () -> rig.keyring.block(Rig.ids(id), "why", "me"));
      rig.learn(id, RICH);
      rig.database.behind().beat();
      assertThat(rig.standing(id)).isEqualTo(RICH);
      assertThat(file).doesNotExist();

      Files.move(dir.resolve("elsewhere"), file);
      rig.database.behind().beat();
      assertThat(rig.database.trouble()).isEmpty();
      assertThat(rig.ask("SELECT latency_ms FROM keys")).isEqualTo("321");
    }
  }

  @Test
  @DisplayName("F56 read-only: edits are refused, lessons are kept")
  void read_only() {
    try (var rig = Rig.in(dir)) {
      var id = rig.add("groq", "gsk-one");
      refused(Kind.AWAY, () -> rig.onTheWriter("PRAGMA query_only = ON"));
      refused(Kind.AWAY, () -> rig.keyring.delete(Rig.ids(id), "me"));
      rig.learn(id, RICH);
      rig.database.behind().beat();
      assertThat(rig.database.trouble()).isPresent();
      assertThat(rig.standing(id)).isEqualTo(RICH);
      assertThat(rig.secrets()).containsExactly("gsk-one");
    }
  }

  private static void refused(Kind kind, Runnable edit) {
    assertThatThrownBy(edit::run)
        .isInstanceOfSatisfying(
            StoreTrouble.class, trouble -> assertThat(trouble.kind()).isEqualTo(kind));
  }
}
