package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.move.Carried;
import io.onebalance.store.move.Move;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a file to a server and back.
class MoveTest {
  private static final int KEYS = 2_500;

  @TempDir Path dir;

  @BeforeEach
  void fill() {
    try (var rig = Rig.in(Store.SQLITE, dir)) {
      var keys = IntStream.range(0, KEYS).mapToObj(i -> Rig.key("gsk-" + i)).toList();
      rig.keyring.add("groq", keys, "me");
      var id = rig.add("openai", "sk-one", "höre, ' \" \\ 语");
      rig.keyring.block(Rig.ids(id), "leaked", "me");
      var resources = ResourceTable.open(rig.database);
      resources.made("openai", "file-1", id);
      resources.made("openai", "file-2", id);
      rig.keyring.flush();
    }
  }

  private List<Carried> move(Store from, Store to, boolean resume) {
    try (var here = open(from);
        var there = open(to)) {
      return new Move(here, there, "local").run(resume);
    }
  }

  private Database open(Store store) {
    return Database.open(dir, store.url(dir), new Rig.Clock(), Terms.byHand());
  }

  @Test
  void all_is_carried_compared_and_works_there() {
    var carried = move(Store.SQLITE, Store.POSTGRESQL, false);
    assertThat(carried).contains(new Carried("keys", KEYS + 1));
    assertThat(carried).contains(new Carried("resources", 2));
    try (var rig = Rig.in(Store.POSTGRESQL, dir)) {
      assertThat(rig.secrets()).hasSize(KEYS + 1).contains("sk-one", "gsk-7");
      assertThat(rig.keyring.audit().firstFlaw()).isEmpty();
      assertThat(rig.keyring.counts().get("openai")).extracting("blocked").isEqualTo(1);
      var resources = ResourceTable.open(rig.database);
      resources.made("openai", "file-3", "key");
      rig.add("groq", "gsk-later");
      rig.keyring.flush();
    }
  }

  @Test
  void the_way_back_leads_to_what_was_there() throws Exception {
    move(Store.SQLITE, Store.POSTGRESQL, false);
    Files.delete(dir.resolve("one-balance.db"));
    move(Store.POSTGRESQL, Store.SQLITE, false);
    try (var rig = Rig.in(Store.SQLITE, dir)) {
      assertThat(rig.secrets()).hasSize(KEYS + 1);
      assertThat(rig.keyring.audit().firstFlaw()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "a move that was stopped goes on where it was, and until then nothing serves from it")
  void stopped() {
    try (var here = open(Store.SQLITE);
        var there = open(Store.POSTGRESQL)) {
      there.write(handle -> handle.execute(Store.POSTGRESQL.nothingMoreIn("resources")));
      assertThatThrownBy(() -> new Move(here, there, "local").run(false))
          .isInstanceOf(RuntimeException.class);
    }
    assertThatThrownBy(() -> Rig.in(Store.POSTGRESQL, dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("has not ended");
    try (var there = open(Store.POSTGRESQL)) {
      there.write(handle -> handle.execute(Store.POSTGRESQL.moreAgainIn("resources")));
    }
    assertThatThrownBy(() -> move(Store.SQLITE, Store.POSTGRESQL, false))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("--resume");
    remark("keys arrived, and stay as they are");
    assertThatThrownBy(() -> move(Store.SQLITE, Store.POSTGRESQL, true))
        .as("it goes on behind what arrived, and compares all")
        .hasMessageContaining("table keys differs");
    remark("höre, ' \" \\ 语");
    assertThat(move(Store.SQLITE, Store.POSTGRESQL, true)).contains(new Carried("keys", KEYS + 1));
  }

  /// Of the one key of OpenAI's, on the server.
  private void remark(String text) {
    try (var there = open(Store.POSTGRESQL)) {
      there.write(
          handle -> handle.execute("UPDATE keys SET remark = ? WHERE provider = 'openai'", text));
    }
  }

  @Test
  @DisplayName("nothing serves from where it is not said how far journals are counted")
  void marks_first() {
    try (var there = open(Store.POSTGRESQL)) {
      there.write(handle -> handle.execute(Store.POSTGRESQL.nothingMoreIn("ledger_mark")));
    }
    assertThatThrownBy(() -> move(Store.SQLITE, Store.POSTGRESQL, false))
        .isInstanceOf(StoreTrouble.class);
    assertThatThrownBy(() -> Rig.in(Store.POSTGRESQL, dir))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("has not ended");
    try (var there = open(Store.POSTGRESQL)) {
      there.write(handle -> handle.execute(Store.POSTGRESQL.moreAgainIn("ledger_mark")));
    }
    move(Store.SQLITE, Store.POSTGRESQL, true);
    try (var rig = Rig.in(Store.POSTGRESQL, dir)) {
      assertThat(rig.ask("SELECT instance FROM ledger_mark")).isEqualTo("local");
    }
  }

  @Test
  void what_differs_afterwards_is_told() {
    move(Store.SQLITE, Store.POSTGRESQL, false);
    try (var there = open(Store.POSTGRESQL)) {
      there.write(
          handle -> handle.execute("UPDATE keys SET remark = 'x' WHERE provider = 'openai'"));
    }
    assertThatThrownBy(() -> move(Store.SQLITE, Store.POSTGRESQL, true))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("table keys differs");
  }
}
