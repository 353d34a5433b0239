package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.fuzz.Input;
import io.onebalance.fuzz.Target;
import io.onebalance.secret.Secret;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// Ciphertexts and master keys that somebody tampered with. The first line is a master key or a
/// ciphertext; the second says where to flip a bit of a true ciphertext.
///
/// Nothing opens but what was sealed for this row, and only [CannotOpen] is thrown (S1, F66).
public final class Ciphertexts implements Target {
  private static final Secret KEY = new Secret("gsk-canary-canary-canary");

  private final Path directory;
  private final Database database;
  private final Vault vault;
  private final byte[] sealed;

  public Ciphertexts() {
    try {
      directory = Files.createTempDirectory("one-balance-fuzz");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    database =
        Database.open(directory, Store.SQLITE.url(directory), new Rig.Clock(), Terms.byHand());
    vault = Vault.open(database, master(Optional.empty()));
    sealed = Base64.getDecoder().decode(vault.seal("one", KEY).substring("v1:".length()));
  }

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var text = parts.line();
    assertThat(vault.unseal("one", text)).isEmpty();
    var at = parts.number(0, sealed.length * Byte.SIZE - 1);
    var flipped = sealed.clone();
    flipped[at / Byte.SIZE] ^= (byte) (1 << at % Byte.SIZE);
    assertThat(vault.unseal("one", written(flipped))).isEmpty();
    assertThat(vault.unseal(text + "!", written(sealed))).isEmpty();
    checkMaster(text);
  }

  private void checkMaster(String text) {
    try {
      assertThat(Base64.getDecoder().decode(text)).hasSize(32);
      assertThat(master(Optional.of(text)).toString()).doesNotContain(text);
    } catch (IllegalArgumentException | AssertionError noKey) {
      assertRefused(text);
    }
  }

  private void assertRefused(String text) {
    try {
      master(Optional.of(text));
    } catch (CannotOpen refused) {
      assertThat(refused).hasMessageStartingWith("MASTER_KEY has to be");
      return;
    }
    throw new AssertionError("this is no master key: " + text);
  }

  private MasterKey master(Optional<String> given) {
    return MasterKey.obtain(given, directory.resolve("master.key"), database);
  }

  private static String written(byte[] bytes) {
    return "v1:" + Base64.getEncoder().encodeToString(bytes);
  }
}
