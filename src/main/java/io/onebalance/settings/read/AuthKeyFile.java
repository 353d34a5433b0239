package io.onebalance.settings.read;

import io.onebalance.files.PrivateFiles;
import io.onebalance.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The gateway key that is kept in the data directory when the operator sets none: there is no
/// default password.
public final class AuthKeyFile {
  private static final String NAME = "auth-key";
  private static final int BYTES = 32;

  private final Path dataDir;
  private final Path file;

  public AuthKeyFile(Path dataDir) {
    this.dataDir = dataDir;
    file = dataDir.resolve(NAME);
  }

  /// The key, and whether it was made just now, so that it is shown once.
  public record Kept(Secret key, boolean newlyMade) {}

  public Path path() {
    return file;
  }

  /// The key that is kept, if there is one.
  public Optional<Secret> read() throws IOException {
    try {
      var text = Files.readString(file).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /// The key that is kept, or a new one. `chance` must be good enough for secrets.
  public Kept readOrMake(RandomGenerator chance) throws IOException {
    var kept = read();
    return kept.isPresent() ? new Kept(kept.get(), false) : new Kept(make(chance), true);
  }

  /// A new key of 256 random bits, which replaces the one that was kept.
  public Secret make(RandomGenerator chance) throws IOException {
    var key = random(chance);
    PrivateFiles.makeDirectory(dataDir);
    PrivateFiles.write(file, key.reveal() + "\n");
    return key;
  }

  /// 256 random bits in letters, digits, `-` and `_`.
  public static Secret random(RandomGenerator chance) {
    var bytes = new byte[BYTES];
    chance.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
