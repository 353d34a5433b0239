package io.onebalance.cli.keys;

import io.onebalance.cli.shell.Shell;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Loaded;
import io.onebalance.store.postgres.PostgresUrl;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The settings of a program that only this one reaches, for a visit to a database ([Visiting]). On
/// a server it is an instance of its own. The master key is that of the settings.
public final class Alone {
  private static final String SQLITE = "sqlite:";
  private static final int RANDOM_BYTES = 32;

  private Alone() {}

  /// On the database of these settings.
  public static Loaded on(Shell shell, Optional<String> config) throws BadSettings {
    var storage = shell.reader(config).read().settings().storage();
    return PostgresUrl.is(storage.database())
        ? read(shell, config, Map.of("DATA_DIR", beside(storage.dataDir())))
        : read(shell, config, Map.of());
  }

  /// On another one: what an SQLite file's program has beside it lies in its folder.
  public static Loaded on(Shell shell, Optional<String> config, Secret database)
      throws BadSettings {
    var url = database.reveal();
    var dataDir =
        PostgresUrl.is(url)
            ? beside(shell.reader(config).read().settings().storage().dataDir())
            : String.valueOf(Path.of(url.substring(SQLITE.length())).getParent());
    return read(shell, config, Map.of("DATABASE_URL", url, "DATA_DIR", dataDir));
  }

  private static String beside(Path dataDir) {
    return dataDir.resolve("visit").toString();
  }

  private static Loaded read(Shell shell, Optional<String> config, Map<String, String> other)
      throws BadSettings {
    var storage = shell.reader(config).read().settings().storage();
    var random = new byte[RANDOM_BYTES];
    shell.chance().nextBytes(random);
    var alone = new HashMap<>(shell.environment());
    alone.put("AUTH_KEY", HexFormat.of().formatHex(random));
    alone.put("MASTER_KEY_FILE", storage.masterKeyFile().toString());
    alone.putAll(other);
    return shell.at(shell.directory(), alone).reader(config).read();
  }
}
