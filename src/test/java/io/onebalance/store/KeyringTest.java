package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Keyring.Filter;
import io.onebalance.store.Keyring.Sort;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  @TempDir Path dir;

  @Test
  void keys_are_added_found_listed_and_deleted() {
    try (var rig = Rig.in(dir)) {
      var added =
          rig.keyring.add(
              "groq", List.of(Rig.key("gsk-one"), Rig.key("gsk-two"), Rig.key("gsk-one")), "me");
      assertThat(added).isEqualTo(new Keyring.Added(2, 1, List.of()));
      var page = rig.keyring.list(Filter.ANY, Sort.NEWEST_FIRST, "", 10);
      assertThat(page.total()).isEqualTo(2);
      assertThat(page.next()).isEmpty();
      var first = page.keys().getFirst().key();
      assertThat(first.secret().reveal()).isEqualTo("gsk-two");
      assertThat(rig.keyring.find(first.id()).orElseThrow().key()).isEqualTo(first);
      assertThat(rig.pools.of("groq").size()).isEqualTo(2);

      assertThat(rig.keyring.delete(Rig.ids(first.id()), "me")).isEqualTo(1);

      assertThat(rig.secrets()).containsExactly("gsk-one");
      assertThat(rig.keyring.find(first.id())).isEmpty();
      assertThat(rig.pools.of("groq").size()).isEqualTo(1);
    }
    try (var rig = Rig.in(dir)) {
      assertThat(rig.secrets()).containsExactly("gsk-one");
      assertThat(rig.pools.of("groq").keys()).hasSize(1);
    }
  }
}
