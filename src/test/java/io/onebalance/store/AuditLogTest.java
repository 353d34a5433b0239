package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.key.Counts;
import io.onebalance.store.StoreTrouble.Kind;
import io.onebalance.store.keyring.Keyring.Patch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class AuditLogTest {

  private final Store store;

  AuditLogTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;

  @Test
  @DisplayName("S23 every edit is told, by whom and of what, in order")
  void every_edit_is_told() {
    try (var rig = Rig.in(store, dir)) {
      var id = rig.add("groq", "gsk-one");
      rig.keyring.block(Rig.ids(id), "leaked", "ann");
      rig.keyring.unblock(Rig.ids(id), "ben");
      rig.keyring.reset(Rig.ids(id), "cy");
      rig.keyring.patch(
          id,
          new Patch(Optional.empty(), Optional.of("mine"), Optional.empty(), Optional.empty()),
          "dee");
      rig.keyring.delete(Rig.ids(id), "eve");
      assertThat(rig.keyring.audit().newest(Long.MAX_VALUE, 10))
          .extracting(e -> e.seq() + " " + e.actor() + " " + e.action() + " " + e.target())
          .containsExactly(
              "6 eve delete groq",
              "5 dee patch groq",
              "4 cy reset groq",
              "3 ben unblock groq",
              "2 ann block groq",
              "1 a test add groq");
      assertThat(rig.keyring.audit().newest(3, 1).getFirst().detail())
          .isEqualTo("{\"count\":1,\"ids\":[\"" + id + "\"]}");
      assertThat(rig.keyring.audit().firstFlaw()).isEmpty();
    }
  }

  @Test
  void what_changes_nothing_is_not_told() {
    try (var rig = Rig.in(store, dir)) {
      rig.keyring.delete(Rig.ids("nobody"), "ann");
      assertThat(rig.keyring.audit().newest(Long.MAX_VALUE, 10)).isEmpty();
      assertThat(rig.keyring.audit().firstFlaw()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,3"})
  @DisplayName("S23 a deleted row is noticed, the last one too")
  void a_deleted_row_is_noticed(int deleted, long noticed) {
    try (var rig = withThreeRows()) {
      rig.outside(store.open("audit_keeps_its_rows"));
      rig.outside("DELETE FROM audit WHERE seq = " + deleted);
      assertThat(rig.keyring.audit().firstFlaw()).contains(noticed);
    }
  }

  @ParameterizedTest
  @CsvSource({"actor,2", "detail,1", "hash,3", "at,2"})
  @DisplayName("S23 a changed row is noticed")
  void a_changed_row_is_noticed(String column, long row) {
    try (var rig = withThreeRows()) {
      rig.outside(store.open("audit_keeps_its_words"));
      rig.outside("UPDATE audit SET " + column + " = 7 WHERE seq = " + row);
      assertThat(rig.keyring.audit().firstFlaw()).contains(row);
    }
  }

  @Test
  @DisplayName("S23 rows cannot be changed or deleted by accident")
  void rows_cannot_be_changed_or_deleted_by_accident() {
    try (var rig = withThreeRows()) {
      assertThatThrownBy(() -> rig.outside("DELETE FROM audit")).hasMessageContaining("only grows");
      assertThatThrownBy(() -> rig.outside("UPDATE audit SET actor = 'x'"))
          .hasMessageContaining("only grows");
    }
  }

  @Test
  @DisplayName("P19 no audit row, no change")
  void no_audit_row_no_change() {
    try (var rig = Rig.in(store, dir)) {
      var id = rig.add("groq", "gsk-one");
      var before = rig.ask("SELECT * FROM keys");
      rig.outside(store.nothingMoreIn("audit"));
      var patch =
          new Patch(Optional.of("blocked"), Optional.of("r"), Optional.of(7), Optional.empty());
      refused(() -> rig.keyring.add("groq", List.of(Rig.key("gsk-two")), "ann"));
      refused(() -> rig.keyring.delete(Rig.ids(id), "ann"));
      refused(() -> rig.keyring.block(Rig.ids(id), "why", "ann"));
      refused(() -> rig.keyring.reset(Rig.ids(id), "ann"));
      refused(() -> rig.keyring.unblock(Rig.ids(id), "ann"));
      refused(() -> rig.keyring.patch(id, patch, "ann"));
      assertThat(rig.ask("SELECT * FROM keys")).isEqualTo(before);
      assertThat(rig.pools.of("groq").keys()).extracting("remark").containsExactly("");
      assertThat(rig.keyring.counts()).containsEntry("groq", new Counts(1, 0, 0, 0));
    }
  }

  private static void refused(Runnable edit) {
    assertThatThrownBy(edit::run)
        .isInstanceOfSatisfying(
            StoreTrouble.class, trouble -> assertThat(trouble.kind()).isEqualTo(Kind.AWAY));
  }

  private Rig withThreeRows() {
    var rig = Rig.in(store, dir);
    rig.add("groq", "gsk-one");
    rig.add("groq", "gsk-two");
    rig.add("groq", "gsk-three");
    return rig;
  }
}
