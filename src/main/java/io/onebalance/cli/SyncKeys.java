package io.onebalance.cli;

import io.onebalance.cli.keys.Alone;
import io.onebalance.cli.keys.Visiting;
import io.onebalance.cli.places.Places;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.cli.shell.WrongUsage;
import io.onebalance.provider.Catalogue;
import io.onebalance.secret.Secret;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Loaded;
import io.onebalance.settings.Settings;
import io.onebalance.store.file.CannotOpen;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Names;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Report;
import io.onebalance.sync.Sync;
import io.onebalance.sync.file.KeyDatabase;
import io.onebalance.sync.file.StandardInput;
import io.onebalance.sync.remote.OneBalance;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `sync`: brings keys from one place to another, with their remarks, states and cooldowns. Only
/// what is new or newly known is written; nothing is deleted, and no key is printed.
record SyncKeys(Shell shell, Visiting visiting, Sync.Pause pause) implements Verb {
  private static final String SOURCE = "--source";
  private static final String TARGET = "--target";
  private static final String WATCH = "--watch";
  private static final String DRY = "--dry-run";
  private static final String MAP = "--map";

  SyncKeys(Shell shell, Visiting visiting) {
    this(shell, visiting, Thread::sleep);
  }

  @Override
  public String name() {
    return "sync";
  }

  @Override
  public String summary() {
    return "Bring keys from one place to another, with what is known of them.";
  }

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(place(SOURCE, "-s", "Where the keys are.").required(true).build());
    spec.addOption(
        place(TARGET, "-t", "Where they go: usually one-balance, the server of these settings.")
            .build());
    option(spec, "--source-key", "KEY", "What opens the source; better in SYNC_SOURCE_KEY.");
    option(spec, "--target-key", "KEY", "What opens the target; better in SYNC_TARGET_KEY.");
    option(
        spec, "--provider", "NAME", "Only this one's keys; those that do not say whose are its.");
    option(spec, "--status", "WORD", "Only keys that are active, or only blocked ones.");
    spec.addOption(
        OptionSpec.builder(MAP)
            .paramLabel("THERE=HERE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .description("Another name for a provider; may be given again.")
            .build());
    spec.addOption(OptionSpec.builder(DRY).description("Only say what would be done.").build());
    spec.addOption(
        OptionSpec.builder(WATCH)
            .paramLabel("SECONDS")
            .type(Integer.class)
            .arity("0..1")
            .fallbackValue("60")
            .description("Again and again, with so long a pause; 60.")
            .build());
  }

  private static OptionSpec.Builder place(String name, String brief, String description) {
    return OptionSpec.builder(name, brief)
        .paramLabel("PLACE")
        .type(String.class)
        .description(description);
  }

  private static void option(CommandSpec spec, String name, String label, String description) {
    spec.addOption(Remote.option(name, label, description));
  }

  @Override
  public int run(ParseResult given, Optional<String> config) throws BadSettings, IOException {
    try {
      var settings = shell.reader(config).read().settings();
      var names = names(given, settings);
      var places = places(given, settings, names);
      var from = value(given, SOURCE).orElse("");
      var to = value(given, TARGET).orElse("one-balance");
      var opensFrom = key(given, "source");
      var opensTo = key(given, "target");
      Supplier<Place> source = () -> places.of(from, opensFrom);
      Supplier<Place> target = () -> places.of(to, opensTo);
      var terms = new Sync.Terms(names, wanted(given, names), dry(given));
      var database = places.database(to);
      return database.isPresent()
          ? visit(given, terms, source, target.get(), Alone.on(shell, config, database.get()))
          : rounds(given, terms, source, target);
    } catch (CannotOpen closed) {
      shell.err().println(closed.getMessage());
      return Exit.FAILED;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }

  /// A database is written by a program that has it for itself, or with its other instances.
  private int visit(
      ParseResult given, Sync.Terms terms, Supplier<Place> source, Place there, Loaded alone)
      throws IOException {
    if (!(there instanceof KeyDatabase database && database.isOurs())) {
      throw new Refusal(there.name() + " is no One Balance's database; it is only read");
    }
    return visiting.visit(
        alone,
        server -> {
          try {
            return rounds(given, terms, source, () -> new OneBalance(server.url(), server.key()));
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Exit.FAILED;
          }
        });
  }

  private static boolean dry(ParseResult given) {
    return given.hasMatchedOption(DRY);
  }

  private int rounds(
      ParseResult given, Sync.Terms terms, Supplier<Place> source, Supplier<Place> target)
      throws IOException, InterruptedException {
    var sync = new Sync(terms, pause, shell.out()::println);
    if (!given.hasMatchedOption(WATCH)) {
      var report = sync.run(source.get(), target.get());
      shell.out().println((terms.dry() ? "would be: " : "") + report.told());
      return report.isWhole() ? Exit.DONE : Exit.FAILED;
    }
    int seconds = given.matchedOptionValue(WATCH, 60);
    if (seconds < 1) {
      throw new WrongUsage(WATCH + " is " + seconds + "; allowed: 1 or more");
    }
    if (source.get() instanceof StandardInput) {
      throw new WrongUsage(
          "standard input ends; " + WATCH + " needs a source that can be read again");
    }
    Objects.requireNonNull(
        target.get()); // what is wrong with it is told at once, and not in each round
    watched(sync, source, target);
    while (!shell.out().checkError()) { // what nobody can hear of is not done unheard
      pause.rest(Duration.ofSeconds(seconds));
      watched(sync, source, target);
    }
    return Exit.DONE;
  }

  /// A round that fails is told, and there is a next one. Each has places of its own: what they
  /// remember of a place is what they read of it in this round.
  private void watched(Sync sync, Supplier<Place> source, Supplier<Place> target)
      throws InterruptedException {
    try {
      var report = sync.run(source.get(), target.get());
      Optional.of(report).filter(done -> !done.isQuiet()).map(Report::told).ifPresent(this::tell);
    } catch (IOException | WrongUsage | CannotOpen failed) {
      shell.err().println(failed.getMessage());
      shell.err().flush();
    }
  }

  private void tell(String line) {
    shell.out().println(line);
    shell.out().flush();
  }

  private Names names(ParseResult given, Settings settings) {
    var said = new HashMap<String, String>();
    for (var one : given.matchedOptionValue(MAP, List.<String>of())) {
      var parts = one.split("=", 2);
      if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new WrongUsage(MAP + " is '" + one + "'; allowed: THERE=HERE");
      }
      said.put(parts[0].strip(), parts[1].strip());
    }
    return new Names(said, Catalogue.builtIn().with(settings.providers()));
  }

  private Places places(ParseResult given, Settings settings, Names names) {
    var provider = value(given, "--provider").map(names::of);
    var cloudflare = Optional.ofNullable(shell.environment().get("CLOUDFLARE_API_BASE_URL"));
    return new Places(
        new Places.Ground(
            shell.directory(), shell.in(), settings, names, provider, cloudflare, shell.clock()));
  }

  private static Predicate<Carried> wanted(ParseResult given, Names names) {
    var provider = value(given, "--provider").map(names::of);
    var status = value(given, "--status");
    if (status.filter(word -> !Set.of("active", "blocked").contains(word)).isPresent()) {
      throw new WrongUsage("--status: allowed are active, blocked");
    }
    return key ->
        provider.map(key.provider()::equals).orElse(true)
            && status.map(word -> word.equals("blocked") == key.blocked().isPresent()).orElse(true);
  }

  private Optional<Secret> key(ParseResult given, String side) {
    var option = "--" + side + "-key";
    var spec = value(given, side.equals("source") ? SOURCE : TARGET).orElse("");
    return value(given, option)
        .map(text -> Remote.opening(option, text))
        .or(() -> variable("SYNC_" + side.toUpperCase(Locale.ROOT) + "_KEY"))
        .or(() -> spec.startsWith("d1:") ? variable("CLOUDFLARE_API_TOKEN") : Optional.empty());
  }

  private Optional<Secret> variable(String name) {
    return Optional.ofNullable(shell.environment().get(name))
        .filter(text -> !text.isBlank())
        .map(text -> Remote.opening(name, text));
  }

  private static Optional<String> value(ParseResult given, String option) {
    return Optional.ofNullable(given.matchedOptionValue(option, null));
  }
}
