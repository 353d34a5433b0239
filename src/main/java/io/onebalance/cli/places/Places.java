package io.onebalance.cli.places;

import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.WrongUsage;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.store.postgres.PostgresUrl;
import io.onebalance.store.vault.MasterKey;
import io.onebalance.store.vault.SealedKeys;
import io.onebalance.sync.Names;
import io.onebalance.sync.Place;
import io.onebalance.sync.file.Forms;
import io.onebalance.sync.file.KeyDatabase;
import io.onebalance.sync.file.KeyFile;
import io.onebalance.sync.file.StandardInput;
import io.onebalance.sync.remote.CloudflareD1;
import io.onebalance.sync.remote.GptLoad;
import io.onebalance.sync.remote.OneBalance;
import io.onebalance.sync.remote.TheBalance;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/// Finds the place that somebody means by a text: a kind and an address (`gpt-load:https://…`), or
/// a file. What is wrong with the text is an [WrongUsage] that says what is allowed.
public final class Places {
  private static final String KINDS =
      "one-balance[:URL], thebalance:URL, gpt-load:URL, d1:ACCOUNT/DATABASE, "
          + Forms.WORDS.replace(", ", ":FILE, ")
          + ":FILE, sqlite:FILE, postgresql://…, or a file by its end; - is standard input";

  /// What surrounds the places: `provider` owns keys that do not say whose they are.
  public record Ground(
      Path directory,
      InputStream in,
      Settings settings,
      Names names,
      Optional<String> provider,
      Optional<String> cloudflare,
      InstantSource clock) {}

  private final Ground ground;

  public Places(Ground ground) {
    this.ground = ground;
  }

  /// `key` opens a server; without one, this machine's own server is opened by the settings.
  public Place of(String text, Optional<Secret> key) {
    var colon = text.indexOf(':');
    var kind = colon < 0 ? text : text.substring(0, colon);
    var address = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind) {
      case "one-balance" -> oneBalance(address, key);
      case "thebalance", "the-one" -> new TheBalance(url(kind, address), needed(kind, key));
      case "gpt-load" -> new GptLoad(url(kind, address), needed(kind, key), ground.names());
      case "d1" -> d1(address, needed(kind, key));
      case "sqlite" -> sqlite(address);
      case "postgresql", "postgres" -> postgres(text);
      case "csv", "json", "env", "list", "sql" -> file(kind, address);
      // Anything else is a file.
      default -> byItsEnd(text);
    };
  }

  /// The address of the database that a text means, as settings have it; empty for other places.
  public Optional<Secret> database(String text) {
    if (PostgresUrl.is(text)) {
      return Optional.of(new Secret(text));
    }
    var file = text.startsWith("sqlite:") ? text.substring("sqlite:".length()) : text;
    var isFile = !file.equals(text) || (Forms.wordOf(text).equals("sqlite") && !text.contains(":"));
    return isFile
        ? Optional.of(new Secret("sqlite:" + ground.directory().resolve(file).toAbsolutePath()))
        : Optional.empty();
  }

  private Place oneBalance(String address, Optional<Secret> key) {
    var own = Remote.of(ground.settings(), ground.clock().instant());
    var opening =
        key.or(() -> own.filter(_ -> address.isEmpty()).map(Remote::key))
            .orElseThrow(() -> new WrongUsage(missing("one-balance")));
    return new OneBalance(
        address.isEmpty() ? Remote.url(ground.settings()) : url("one-balance", address), opening);
  }

  private static String url(String kind, String address) {
    if (!Remote.isAddress(address)) {
      throw new WrongUsage(kind + " needs an address: " + kind + ":https://…");
    }
    return address;
  }

  private static Secret needed(String kind, Optional<Secret> key) {
    return key.orElseThrow(() -> new WrongUsage(missing(kind)));
  }

  private static String missing(String kind) {
    return kind
        + " needs a key: --source-key or --target-key, SYNC_SOURCE_KEY or SYNC_TARGET_KEY in the"
        + " environment, CLOUDFLARE_API_TOKEN for d1";
  }

  private Place d1(String address, Secret token) {
    var parts = address.split("/", 2);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new WrongUsage("d1 needs an account and a database: d1:ACCOUNT/DATABASE");
    }
    var api = ground.cloudflare().orElse(CloudflareD1.API);
    return new CloudflareD1(
        new CloudflareD1.At(api, parts[0], parts[1]), token, ground.names(), ground.clock());
  }

  private Place byItsEnd(String text) {
    var kind = Forms.wordOf(text);
    if (kind.equals("list") && !text.equals("-") && !text.matches(".*(\\.txt|/.*)")) {
      throw new WrongUsage("'" + text + "' is no place; allowed: " + KINDS);
    }
    return kind.equals("sqlite") ? sqlite(text) : file(kind, text);
  }

  private Place file(String kind, String name) {
    var form = Forms.named(kind, ground.names()).orElseThrow();
    return name.equals("-") || name.isEmpty()
        ? new StandardInput(ground.in(), form, ground.provider())
        : new KeyFile(
            ground.directory().resolve(name),
            form,
            ground.provider(),
            ground.names(),
            ground.clock());
  }

  private Place sqlite(String name) {
    var file = ground.directory().resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new WrongUsage("there is no file " + file);
    }
    return new KeyDatabase(file.toString(), KeyDatabase.file(file), this::opened);
  }

  private Place postgres(String text) {
    try {
      PostgresUrl.check(text);
    } catch (IllegalArgumentException malformed) {
      throw new WrongUsage("a postgresql place " + malformed.getMessage());
    }
    var url = PostgresUrl.parse(text);
    return new KeyDatabase(url.toString(), url.source(), this::opened);
  }

  private BiFunction<String, String, Optional<Secret>> opened(String wrapped) {
    var storage = ground.settings().storage();
    var master =
        MasterKey.existing(storage.masterKey().map(Secret::reveal), storage.masterKeyFile());
    return SealedKeys.of(wrapped, master)::open;
  }
}
