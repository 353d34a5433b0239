package io.onebalance.cli.doctor;

import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Remote;
import io.onebalance.cli.shell.ServerRefusal;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.shell.Verb;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `doctor`: looks for what keeps a server from serving, and says what mends it. With `--url` it
/// looks at that server only; else also at settings, folder, database, clock and roads of this
/// machine.
public record Doctor(Shell shell) implements Verb {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "Look for what keeps a server from serving, and say what mends it.";
  }

  @Override
  public void describe(CommandSpec spec) {
    Remote.describe(spec);
  }

  @Override
  public int run(ParseResult given, Optional<String> config) {
    var notes = new ArrayList<Note>();
    var code = Exit.DONE;
    try {
      var settings = shell.reader(config).read().settings();
      var elsewhere = given.hasMatchedOption("--url");
      if (!elsewhere) {
        notes.add(new Note.Well("the settings can be read"));
        notes.addAll(Bases.look(settings.providers()));
        notes.addAll(here(settings.storage()));
      }
      notes.addAll(served(given, settings, elsewhere));
    } catch (BadSettings bad) {
      bad.problems()
          .forEach(one -> notes.add(new Note.Ill(one.toString(), "mend it where it is set")));
      code = Exit.WRONG_USAGE;
    }
    notes.forEach(note -> shell.out().println(note.told()));
    var ill = notes.stream().filter(Note.Ill.class::isInstance).count();
    shell.out().println(ill == 0 ? "All is well." : ill + " to mend.");
    return ill > 0 && code == Exit.DONE ? Exit.FAILED : code;
  }

  private static List<Note> here(Settings.Storage storage) {
    var notes = new ArrayList<Note>();
    notes.addAll(
        Folder.look(storage.dataDir(), storage.masterKeyFile(), storage.masterKey().isPresent()));
    notes.addAll(Stored.look(storage));
    return notes;
  }

  private List<Note> served(ParseResult given, Settings settings, boolean elsewhere) {
    var server = Remote.of(given, settings, shell.clock().instant());
    if (server.isEmpty()) {
      var unasked = new ArrayList<Note>();
      unasked.add(
          new Note.Ill(
              "no unrestricted gateway key is set that is in force", "name one with --auth-key"));
      unasked.addAll(elsewhere ? List.of() : roads(settings, meant(settings)));
      return unasked;
    }
    var notes = new ArrayList<Note>(Bases.look("--url", server.get().url()));
    try {
      var looked = new KeyLook(server.get()).look(elsewhere ? Set.of() : meant(settings));
      notes.add(new Note.Well("the server answers at " + server.get().url()));
      if (!elsewhere) {
        notes.addAll(roads(settings, looked.providers()));
      }
      notes.addAll(looked.notes());
    } catch (ServerRefusal refused) {
      notes.add(
          new Note.Ill(
              String.valueOf(refused.getMessage()), "give an unrestricted gateway key of it"));
    } catch (IOException unreachable) {
      notes.add(
          new Note.Ill(
              "no server: " + unreachable.getMessage(),
              "start it (one-balance serve), or name it with --url; no key was asked with"));
      notes.addAll(elsewhere ? List.of() : roads(settings, meant(settings)));
    }
    return notes;
  }

  /// The providers that the settings speak of.
  private static Set<String> meant(Settings settings) {
    var catalogue = Catalogue.builtIn().with(settings.providers());
    var meant = new TreeSet<>(settings.providers().keySet());
    settings
        .models()
        .values()
        .forEach(legs -> legs.legs().forEach(leg -> meant.add(leg.provider())));
    var slugs = new TreeSet<String>();
    meant.forEach(name -> catalogue.find(name).map(Provider::slug).ifPresent(slugs::add));
    return slugs;
  }

  /// To the gateway where there is one, and to each provider that is asked directly.
  private List<Note> roads(Settings settings, Collection<String> providers) {
    var road = new Road(shell.clock());
    var notes = new ArrayList<Note>();
    settings.gateway().ifPresent(way -> notes.addAll(road.look("the gateway", way.url())));
    var catalogue = Catalogue.builtIn().with(settings.providers());
    for (var slug : providers) {
      catalogue
          .find(slug)
          .filter(provider -> !viaGateway(provider, settings))
          .flatMap(provider -> base(provider))
          .ifPresent(url -> notes.addAll(road.look(slug, url)));
    }
    return notes;
  }

  private static boolean viaGateway(Provider provider, Settings settings) {
    return settings.gateway().isPresent() && !settings.providers().containsKey(provider.slug());
  }

  /// Where it hangs on the key, it is not known here.
  private static Optional<String> base(Provider provider) {
    return provider.bases(new Way.Direct()).stream()
        .filter(url -> url.startsWith("http") && !url.contains("{"))
        .findFirst();
  }
}
