package io.onebalance.store.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.secret.Secret;
import io.onebalance.store.Database;
import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import io.onebalance.store.Terms;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class VaultTest {

  private final Store store;

  VaultTest(Store store) {
    this.store = store;
  }

  private static final Secret KEY = new Secret("gsk-canary-canary-canary");

  @TempDir Path dir;
  private Database database;
  private Vault vault;

  @BeforeEach
  void open() {
    database = Database.open(dir, store.url(dir), new Rig.Clock(), Terms.byHand());
    vault = reopened();
  }

  private Vault reopened() {
    return Vault.open(
        database, MasterKey.obtain(Optional.empty(), dir.resolve("master.key"), database));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  @DisplayName("S1 what was sealed opens again, in its row only")
  void what_was_sealed_opens_again_in_its_row_only() {
    var sealed = vault.seal("one", KEY);
    assertThat(vault.unseal("one", sealed)).contains(KEY);
    assertThat(vault.unseal("two", sealed)).isEmpty();
    assertThat(reopened().unseal("one", sealed)).contains(KEY);
  }

  @Test
  @DisplayName("S1 every sealing has a nonce of its own")
  void every_sealing_has_a_nonce_of_its_own() {
    var nonces = new HashSet<String>();
    for (var i = 0; i < 1000; i++) {
      var bytes = Base64.getDecoder().decode(vault.seal("one", KEY).substring("v1:".length()));
      nonces.add(Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 12)));
      assertThat(bytes).hasSize(12 + KEY.reveal().length() + 16);
    }
    assertThat(nonces).hasSize(1000);
  }

  @Test
  @DisplayName("S1 a single changed bit is noticed")
  void a_single_changed_bit_is_noticed() {
    var bytes = Base64.getDecoder().decode(vault.seal("one", KEY).substring("v1:".length()));
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      assertThat(vault.unseal("one", "v1:" + Base64.getEncoder().encodeToString(bytes))).isEmpty();
      bytes[i] ^= 1;
    }
  }

  @Test
  void what_is_no_ciphertext_opens_as_nothing() {
    for (var text : new String[] {"", "gsk-plain", "v1:", "v1:AAAA", "v1:###", "v2:AAAA"}) {
      assertThat(vault.unseal("one", text)).isEmpty();
    }
  }

  @Test
  void the_hash_is_the_same_for_the_same_key_and_another_data_key_hashes_otherwise() {
    assertThat(vault.hash("gsk")).isEqualTo(reopened().hash("gsk")).isNotEqualTo(vault.hash("gsl"));
    database.write(handle -> handle.execute("DELETE FROM vault"));
    assertThat(reopened().hash("gsk")).isNotEqualTo(vault.hash("gsk"));
  }
}
