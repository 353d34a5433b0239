package io.onebalance.store.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Counts;
import io.onebalance.key.State;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.keyring.Keyring.Added;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Patch;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.store.keyring.Keyring.Sort;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class KeyringTest {

  private final Store store;

  KeyringTest(Store store) {
    this.store = store;
  }

  private static final Patch NOTHING =
      new Patch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  @TempDir Path dir;

  @Test
  void keys_are_added_found_listed_and_deleted() {
    try (var rig = Rig.in(store, dir)) {
      var added =
          rig.keyring.add(
              "groq", List.of(Rig.key("gsk-one"), Rig.key("gsk-two"), Rig.key("gsk-one")), "me");
      assertThat(added).isEqualTo(new Added(2, 1, List.of()));
      var page = rig.keyring.list(Filter.ANY, Sort.NEWEST_FIRST, "", 10);
      assertThat(page.total()).isEqualTo(2);
      assertThat(page.next()).isEmpty();
      var first = page.keys().getFirst().key();
      assertThat(first.secret().reveal()).isEqualTo("gsk-two");
      assertThat(rig.keyring.find(first.id()).orElseThrow().key()).isEqualTo(first);
      assertThat(rig.pools.of("groq").size()).isEqualTo(2);

      assertThat(rig.keyring.delete(Rig.ids(first.id(), "nobody"), "me")).isEqualTo(1);

      assertThat(rig.secrets()).containsExactly("gsk-one");
      assertThat(rig.keyring.find(first.id())).isEmpty();
      assertThat(rig.pools.of("groq").size()).isEqualTo(1);
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.secrets()).containsExactly("gsk-one");
      assertThat(rig.pools.of("groq").keys()).hasSize(1);
    }
  }

  @Test
  void blocking_and_unblocking_reach_the_disk_and_the_pool() {
    String id;
    try (var rig = Rig.in(store, dir)) {
      id = rig.add("groq", "gsk-one");
      assertThat(rig.keyring.block(Rig.ids(id), "leaked", "me")).isEqualTo(1);
      assertThat(rig.pools.of("groq").standing(id, Rig.START).orElseThrow().state())
          .isEqualTo(new State.Blocked("leaked", Rig.START));
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.standing(id).state()).isEqualTo(new State.Blocked("leaked", Rig.START));
      assertThat(rig.keyring.counts()).isEqualTo(Map.of("groq", new Counts(0, 0, 0, 1)));
      rig.keyring.unblock(Rig.ids(id), "me");
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.standing(id).state()).isEqualTo(State.ACTIVE);
      assertThat(rig.keyring.counts()).isEqualTo(Map.of("groq", new Counts(1, 0, 0, 0)));
    }
  }

  @Test
  void a_patch_changes_what_it_names_and_nothing_else() {
    try (var rig = Rig.in(store, dir)) {
      var id = rig.add("groq", "gsk-one", "old");
      var patch =
          new Patch(
              Optional.of("blocked"), Optional.of("new"), Optional.of(7), Optional.of("team"));
      assertThat(rig.keyring.patch(id, patch, "me")).isTrue();
      assertThat(rig.keyring.patch(id, NOTHING, "me")).isTrue();
      assertThat(rig.keyring.patch("nobody", patch, "me")).isFalse();
      var held = rig.keyring.find(id).orElseThrow();
      assertThat(held.key())
          .isEqualTo(new ApiKey(id, "groq", held.key().secret(), "team", "new", 7, Rig.START));
      assertThat(held.standing().state()).isEqualTo(new State.Blocked("by hand", Rig.START));
      assertThat(rig.pools.of("groq").keys()).containsExactly(held.key());
    }
  }

  @Test
  void a_patch_that_is_not_allowed_says_what_is() {
    assertThatThrownBy(() -> patch("sleeping", "", 1))
        .hasMessage("status: allowed are active, blocked");
    assertThatThrownBy(() -> patch("active", "", 0)).hasMessage("weight: allowed are 1 to 100");
    assertThatThrownBy(() -> patch("active", "a\0b", 1)).hasMessageContaining("remark");
  }

  private static Patch patch(String status, String remark, int weight) {
    return new Patch(
        Optional.of(status), Optional.of(remark), Optional.of(weight), Optional.empty());
  }

  @Test
  void edits_by_filter_take_all_that_match_and_no_other() {
    try (var rig = Rig.in(store, dir)) {
      var many = IntStream.range(0, 25_000).mapToObj(i -> Rig.key("gsk-" + i)).toList();
      rig.keyring.add("groq", many, "me");
      var other = rig.add("openai", "sk-one");
      var groq = new Selection.Matching(new Filter("groq", "", ""));
      assertThat(rig.keyring.block(groq, "why", "me")).isEqualTo(25_000);
      assertThat(rig.standing(other).state()).isEqualTo(State.ACTIVE);
      var blocked = new Selection.Matching(new Filter("", "blocked", ""));
      assertThat(rig.keyring.delete(blocked, "me")).isEqualTo(25_000);
      assertThat(rig.secrets()).containsExactly("sk-one");
      assertThat(rig.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst().detail())
          .startsWith("{\"count\":25000,")
          .endsWith("\"filter\":{\"provider\":\"\",\"status\":\"blocked\",\"q\":\"\"}}");
    }
  }

  @Test
  @DisplayName("F66 swapped ciphertexts disable both keys, and are told")
  void swapped_ciphertexts_disable_both_keys() {
    String one;
    String two;
    try (var rig = Rig.in(store, dir)) {
      one = rig.add("groq", "gsk-one");
      two = rig.add("groq", "gsk-two");
      rig.add("groq", "gsk-three");
      rig.outside("CREATE TABLE taken AS SELECT id, key FROM keys");
      rig.outside(
          "UPDATE keys SET key = (SELECT t.key FROM taken t WHERE t.id <> keys.id AND t.id IN ('"
              + one
              + "', '"
              + two
              + "')) WHERE id IN ('"
              + one
              + "', '"
              + two
              + "')");
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.pools.of("groq").keys())
          .extracting(key -> key.secret().reveal())
          .containsExactly("gsk-three");
      for (var id : List.of(one, two)) {
        assertThat(rig.standing(id).state())
            .isEqualTo(new State.Blocked(KeyTable.DAMAGED, Rig.START));
      }
      assertThat(rig.keyring.counts()).isEqualTo(Map.of("groq", new Counts(1, 0, 0, 2)));
      assertThat(rig.ask("SELECT COUNT(*) FROM keys WHERE status = 'blocked'")).isEqualTo("2");

      assertThat(rig.keyring.unblock(Rig.ids(one, two), "me")).isZero();
      rig.keyring.patch(one, patch("active", "", 1), "me");
      assertThat(rig.ask("SELECT COUNT(*) FROM keys WHERE status = 'blocked'")).isEqualTo("2");
      assertThat(rig.pools.of("groq").size()).isEqualTo(1);

      assertThat(rig.keyring.delete(Rig.ids(one, two), "me")).isEqualTo(2);
      assertThat(rig.keyring.counts()).isEqualTo(Map.of("groq", new Counts(1, 0, 0, 0)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "model_coolings,NULL",
    "model_coolings,''",
    "model_coolings,'not json'",
    "model_coolings,'[1]'",
    "model_coolings,'{\"m\":1}'",
    "model_coolings,'{\"m\":null}'",
    "model_coolings,'{\"m\":{\"end_at\":\"soon\"}}'",
    "model_coolings,'{\"m\":{\"end_at\":9e99}}'",
    "remark,NULL",
    "account,NULL",
    "key_tail,NULL",
    "key_hash,NULL",
    "reason,NULL",
    "weight,0",
    "latency_ms,-5",
    "success_rate,7000",
    "consecutive_failures,-1",
    "total_cooling_seconds,-1",
    "last_checked_at,9223372036854775807"
  })
  @DisplayName("D19 an odd row is read as far as it goes and hides no other")
  void an_odd_row_hides_no_other(String column, String value) {
    hidesNoOther(column, value);
  }

  @ParameterizedTest
  @CsvSource({"weight,'heavy'", "success_rate,'high'", "created_at,'yesterday'"})
  @DisplayName("D19 a word in the place of a number hides no other row")
  void a_word_for_a_number_hides_no_other(String column, String value) {
    assumeTrue(store == Store.SQLITE, "PostgreSQL takes no word for a number");
    hidesNoOther(column, value);
  }

  private void hidesNoOther(String column, String value) {
    try (var rig = Rig.in(store, dir)) {
      rig.add("groq", "gsk-one");
      var odd = rig.add("groq", "gsk-odd");
      var written = value.equals("NULL") ? value : "'" + value + "'";
      rig.outside("UPDATE keys SET " + column + " = " + written + " WHERE id = '" + odd + "'");
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.secrets()).containsExactlyInAnyOrder("gsk-one", "gsk-odd");
      assertThat(rig.pools.of("groq").size()).isEqualTo(2);
      assertThat(rig.keyring.counts().values()).extracting(Counts::total).containsExactly(2);
    }
  }

  @Test
  @DisplayName("D19 what is neither active nor blocked, and what is not encrypted, is not used")
  void what_nobody_understands_is_not_used() {
    String odd;
    try (var rig = Rig.in(store, dir)) {
      rig.add("groq", "gsk-one");
      odd = rig.add("groq", "gsk-odd");
      rig.outside("UPDATE keys SET status = 'Asleep' WHERE id = '" + odd + "'");
      rig.outside("INSERT INTO keys (id, key, provider) VALUES ('plain', 'gsk-plain', 'groq')");
    }
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.standing(odd).state())
          .isEqualTo(new State.Blocked("its status is Asleep", Instant.EPOCH));
      assertThat(rig.standing("plain").state()).isInstanceOf(State.Blocked.class);
      assertThat(rig.keyring.find("plain").orElseThrow().key().secret().reveal()).isEmpty();
      assertThat(rig.keyring.counts()).isEqualTo(Map.of("groq", new Counts(1, 0, 0, 2)));
    }
  }
}
