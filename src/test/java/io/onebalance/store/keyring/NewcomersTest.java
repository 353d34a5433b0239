package io.onebalance.store.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.keyring.Keyring.Added;
import io.onebalance.store.keyring.Keyring.Invalid;
import io.onebalance.store.keyring.Keyring.NewKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Store.class)
class NewcomersTest {

  private final Store store;

  NewcomersTest(Store store) {
    this.store = store;
  }

  @TempDir Path dir;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = Rig.in(store, dir);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Added add(NewKey... keys) {
    return rig.keyring.add("groq", List.of(keys), Rig.ACTOR);
  }

  @ParameterizedTest
  @DisplayName("S13 D29 what would break a header, or is no key, is refused")
  @ValueSource(
      strings = {
        "gsk-a\r\nx-evil: 1",
        "gsk-a\ngsk-b",
        "gsk\0a",
        "gsk a",
        "gsk\ta",
        "gsk\u007fa",
        "gskä",
        "gsk\u2028a"
      })
  void what_would_break_a_header_is_refused(String key) {
    assertThat(add(Rig.key(key)))
        .isEqualTo(
            new Added(
                0,
                0,
                List.of(
                    new Invalid(
                        1,
                        "it holds a blank, a line break, or another character that no key has"))));
  }

  @Test
  @DisplayName("S14 lengths are capped")
  void lengths_are_capped() {
    var longest = "k".repeat(8 * 1024);
    assertThat(add(Rig.key(longest), Rig.key(longest + "k")).invalid())
        .containsExactly(new Invalid(2, "it is longer than 8 KiB"));
    assertThat(add(new NewKey("gsk-one", "r".repeat(1001), "")).invalid())
        .containsExactly(new Invalid(1, "the remark is longer than 1000 characters"));
    assertThat(add(new NewKey("gsk-one", "", "a\nb")).invalid())
        .containsExactly(
            new Invalid(1, "the account holds a line break or another control character"));
  }

  @Test
  void the_good_ones_go_in_and_the_others_are_named_by_line() {
    var added = add(Rig.key(" gsk-one "), Rig.key(""), Rig.key("a b"), Rig.key("gsk-two"));
    assertThat(added.added()).isEqualTo(2);
    assertThat(added.invalid()).extracting(Invalid::line).containsExactly(2, 3);
    assertThat(rig.secrets()).containsExactlyInAnyOrder("gsk-one", "gsk-two");
  }

  @Test
  void credentials_in_json_are_stored_whole_and_found_again_however_they_are_written() {
    var pretty = "{\n  \"type\": \"service account\",\n  \"private_key\": \"a\\nb\"\n}";
    var compact = "{\"type\":\"service account\",\"private_key\":\"a\\nb\"}";
    assertThat(add(Rig.key(pretty), Rig.key(compact))).isEqualTo(new Added(1, 1, List.of()));
    assertThat(rig.secrets()).containsExactly(compact);
  }

  @Test
  void what_only_looks_like_json_is_looked_at_like_any_key() {
    assertThat(add(Rig.key("{not\njson")).invalid()).hasSize(1);
  }

  @Test
  void the_same_key_may_belong_to_two_providers() {
    rig.add("groq", "shared");
    assertThat(rig.keyring.add("openai", List.of(Rig.key("shared")), Rig.ACTOR).added())
        .isEqualTo(1);
  }

  @Test
  void ids_ascend_as_keys_were_given() {
    var many = new ArrayList<NewKey>();
    for (var i = 0; i < 20_000; i++) {
      many.add(Rig.key("gsk-" + i));
    }
    assertThat(rig.keyring.add("groq", many, Rig.ACTOR).added()).isEqualTo(20_000);
    assertThat(rig.ask("SELECT remark, key_tail, COUNT(*) FROM keys GROUP BY 1, 2"))
        .isEqualTo("||20000");
    var ids = rig.ask("SELECT id FROM keys ORDER BY " + store.asTheyCame()).lines().toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(UUID.fromString(ids.getLast()).version()).isEqualTo(7);
  }
}
