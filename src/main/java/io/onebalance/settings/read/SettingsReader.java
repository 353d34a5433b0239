package io.onebalance.settings.read;

import io.onebalance.access.Grants;
import io.onebalance.access.MalformedAuthKey;
import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Loaded;
import io.onebalance.settings.Problem;
import io.onebalance.settings.Show;
import io.onebalance.settings.Source;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import io.onebalance.settings.file.DotEnv;
import io.onebalance.settings.file.FileTrouble;
import io.onebalance.settings.file.Tree;
import io.onebalance.settings.file.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Reads all settings, as often as it is asked: the environment over `.env` over the YAML file over
/// defaults. It tells all that is wrong at once.
public final class SettingsReader {
  private static final String CONFIG = "one-balance.yaml";
  private static final String CONFIG_VARIABLE = "ONE_BALANCE_CONFIG";
  private static final String DOT_ENV = ".env";

  /// Stands for the gateway key that the first start makes.
  private static final String TO_BE_MADE = "as long as one that is made";

  private final Whereabouts place;
  private final Vet vet;

  public SettingsReader(Whereabouts place, Vet vet) {
    this.place = place;
    this.vet = vet;
  }

  /// Settings that can be used, or [BadSettings] with every reason why not.
  public Loaded read() throws BadSettings {
    var reading = new Reading();
    var loaded = reading.load();
    if (!reading.problems.isEmpty()) {
      throw new BadSettings(reading.problems);
    }
    return loaded;
  }

  /// One reading, from files to settings.
  private final class Reading {
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final Given given = new Given(place.environment(), problems);
    private String yaml = CONFIG;

    private Loaded load() {
      readDotEnv();
      readYaml();
      var values = new Values(given, problems);
      var authKey = authKey(values);
      var limits = limits(values);
      check(authKey, values, limits);
      vetDatabase(values);
      var others =
          new Assembly.Others(
              authKey,
              limits,
              providers(values.take(Table.PROVIDERS)),
              prices(values.take(Table.PRICES)),
              new Models(yaml, problems).read(values.take(Table.MODELS)));
      var settings = new Assembly(values, place).assemble(others);
      return new Loaded(settings, values.held(), files, warnings);
    }

    private void readDotEnv() {
      text(DOT_ENV, false)
          .ifPresent(text -> {
            try {
              given.addDotEnv(DOT_ENV, DotEnv.read(text));
            } catch (FileTrouble trouble) {
              complain(DOT_ENV, trouble);
            }
          });
    }

    private void readYaml() {
      var named = place.config().or(() -> given.variable(CONFIG_VARIABLE));
      yaml = named.orElse(CONFIG);
      text(yaml, named.isPresent())
          .ifPresent(text -> {
            try {
              given.addYaml(yaml, YamlFile.read(text));
            } catch (FileTrouble trouble) {
              complain(yaml, trouble);
            }
          });
    }

    private void complain(String file, FileTrouble trouble) {
      problems.add(
          new Problem(Source.at(file, trouble.line()), String.valueOf(trouble.getMessage())));
    }

    /// The file's text; nothing where it is not there, which is a problem only where it must be.
    private Optional<String> text(String name, boolean mustBe) {
      var path = path(name);
      return path.isEmpty() ? Optional.empty() : text(path.get(), mustBe);
    }

    private Optional<Path> path(String name) {
      try {
        return Optional.of(place.path(name));
      } catch (InvalidPathException none) {
        var where = place.config().isPresent() ? "--config" : CONFIG_VARIABLE;
        problems.add(new Problem(where, "no file can have this name"));
        return Optional.empty();
      }
    }

    private Optional<String> text(Path file, boolean mustBe) {
      files.add(file);
      if (!mustBe && !Files.exists(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(Files.readString(file));
      } catch (IOException unreadable) {
        problems.add(new Problem(file.toString(), "the file cannot be read"));
        return Optional.empty();
      }
    }

    private LimitTable limits(Values values) {
      var reading = new Limits(yaml, problems);
      return new LimitTable(
          values.take(Table.LIMITS_ZONE),
          reading.read(Table.LIMITS_DEFAULT.name(), values.take(Table.LIMITS_DEFAULT)),
          reading.keys(values.take(Table.LIMITS_KEYS)));
    }

    private Optional<Secret> authKey(Values values) {
      var file = new AuthKeyFile(place.path(dataDir()));
      files.add(file.path());
      return values.takeAuthKey(kept(file), file.path().toString());
    }

    private void vetDatabase(Values values) {
      var unreported = new ArrayList<Problem>();
      var database = new Values(given, unreported).take(Table.DATABASE);
      try {
        vet.database().accept(database);
      } catch (IllegalArgumentException wrong) {
        values.complain(Table.DATABASE, String.valueOf(wrong.getMessage()));
      }
    }

    private String dataDir() {
      var unreported = new ArrayList<Problem>();
      return new Values(given, unreported).take(Table.DATA_DIR);
    }

    private Optional<Secret> kept(AuthKeyFile file) {
      try {
        return file.read();
      } catch (IOException unreadable) {
        problems.add(new Problem(file.path().toString(), "the kept gateway key cannot be read"));
        return Optional.empty();
      }
    }

    /// Where no key was given or kept one will be made; it is then the first.
    private void check(Optional<Secret> authKey, Values values, LimitTable limits) {
      try {
        var grants = Grants.parse(authKey.map(Secret::reveal).orElse(TO_BE_MADE));
        warnings.addAll(grants.warnings());
        grants.unknown(limits.named().keySet()).forEach(name -> unknown(name, grants, values));
      } catch (MalformedAuthKey malformed) {
        var where = values.source(Table.AUTH_KEY).where();
        problems.add(new Problem(where, String.valueOf(malformed.getMessage())));
      }
    }

    private void unknown(String name, Grants grants, Values values) {
      values.complain(
          Table.LIMITS_KEYS,
          "names '%s', which is no key of AUTH_KEY; allowed: key-1 to key-%d, or a key's id"
              .formatted(Show.text(name), grants.defined().size()));
    }

    private Map<String, Object> providers(Tree.Branch branch) {
      return entries(
          branch,
          (slug, tree) -> {
            if (!(tree instanceof Tree.Branch)) {
              throw new IllegalArgumentException(
                  "providers." + Show.text(slug) + " is " + Show.tree(tree) + "; allowed: a map");
            }
            vet.providers().accept(Map.of(slug, tree.plain()));
          });
    }

    private Map<String, Object> prices(Tree.Branch branch) {
      return entries(branch, (slug, tree) -> vet.prices().accept(Map.of(slug, tree.plain())));
    }

    private Map<String, Object> entries(Tree.Branch branch, BiConsumer<String, Tree> check) {
      var entries = new LinkedHashMap<String, Object>();
      branch
          .entries()
          .forEach((slug, tree) -> {
            vet(slug, tree, check);
            entries.put(slug, tree.plain());
          });
      return entries;
    }

    private void vet(String slug, Tree tree, BiConsumer<String, Tree> check) {
      try {
        check.accept(slug, tree);
      } catch (IllegalArgumentException wrong) {
        var what = String.valueOf(wrong.getMessage());
        problems.add(new Problem(Source.at(yaml, tree.line()), what));
      }
    }
  }
}
