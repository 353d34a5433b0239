package io.onebalance.store.vault;

import io.onebalance.files.PrivateFiles;
import io.onebalance.store.Database;
import io.onebalance.store.file.CannotOpen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The key that opens the vault: 32 bytes, in base64, kept apart from the database. Prints nothing
/// of itself.
public final class MasterKey {
  private static final int BYTES = 32;

  private final SecretKey key;

  private MasterKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "AES");
  }

  /// The key given in the environment (`MASTER_KEY`), else the one in the file. Where there is
  /// neither and no keys are stored, one is made and kept in the file (0600). Throws [CannotOpen]
  /// when there is none for stored keys, when it is malformed, or when others may read the file;
  /// the group may where another user handed it over.
  public static MasterKey obtain(Optional<String> given, Path file, Database database) {
    return given.map(text -> parse(text, "MASTER_KEY")).orElseGet(() -> inFile(file, database));
  }

  /// As [#obtain], of one that is there; none is made.
  public static MasterKey existing(Optional<String> given, Path file) {
    return given
        .map(text -> parse(text, "MASTER_KEY"))
        .orElseGet(() -> {
          try {
            return read(file);
          } catch (IOException trouble) {
            throw new CannotOpen("the master key file " + file + " cannot be read", trouble);
          }
        });
  }

  private static MasterKey inFile(Path file, Database database) {
    try {
      return Files.exists(file) ? read(file) : make(file, database);
    } catch (IOException trouble) {
      throw new CannotOpen("the master key file " + file + " cannot be used: " + trouble, trouble);
    }
  }

  private static MasterKey read(Path file) throws IOException {
    if (PrivateFiles.othersMayUse(file) && !PrivateFiles.isHandedOver(file)) {
      throw new CannotOpen(
          "the master key file %s is open to other users: chmod 600 %s".formatted(file, file));
    }
    return parse(Files.readString(file).strip(), file.toString());
  }

  private static MasterKey make(Path file, Database database) throws IOException {
    if (Vault.guards(database)) {
      throw new CannotOpen(
          "keys are stored, but their master key is missing: put it back into %s, or set MASTER_KEY. Without it they cannot be read; to begin anew, move the database away"
              .formatted(file));
    }
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    var text = Base64.getEncoder().encodeToString(bytes) + "\n";
    PrivateFiles.write(file, text);
    return new MasterKey(bytes);
  }

  private static MasterKey parse(String text, String where) {
    try {
      var bytes = Base64.getDecoder().decode(text);
      if (bytes.length == BYTES) {
        return new MasterKey(bytes);
      }
    } catch (IllegalArgumentException notBase64) {
      throw malformed(where);
    }
    throw malformed(where);
  }

  private static CannotOpen malformed(String where) {
    return new CannotOpen(
        where + " has to be 32 bytes in base64 (`openssl rand -base64 32` makes one)");
  }

  /// A new one.
  public static MasterKey fresh() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /// What its file holds.
  public String text() {
    return Base64.getEncoder().encodeToString(key.getEncoded()) + "\n";
  }

  SecretKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "the master key";
  }
}
