package io.onebalance.store.vault;

import io.onebalance.secret.Secret;
import io.onebalance.store.file.CannotOpen;
import java.util.Optional;

/// Opens the keys of a database that is not this process's own: a backup, or one that a server has
/// open.
public final class SealedKeys {
  private final Vault vault;

  private SealedKeys(Vault vault) {
    this.vault = vault;
  }

  /// `wrapped` is what the table `vault` holds. Throws [CannotOpen] where the master key does not
  /// fit, and where a copy is being put into that database.
  public static SealedKeys of(String wrapped, MasterKey master) {
    return new SealedKeys(opened(wrapped, master));
  }

  /// Throws [CannotOpen] as [#of] does.
  public static void check(String wrapped, MasterKey master) {
    opened(wrapped, master);
  }

  private static Vault opened(String wrapped, MasterKey master) {
    return Vault.opened(Wrapped.of(wrapped).whole(), master)
        .orElseThrow(() ->
            new CannotOpen(
                "the master key is not the one these keys were encrypted with: name the right one"
                    + " in MASTER_KEY or the master key file"));
  }

  /// The key of the row with this id, or empty where the text is no ciphertext of this row.
  public Optional<Secret> open(String id, String ciphertext) {
    return vault.unseal(id, ciphertext);
  }
}
