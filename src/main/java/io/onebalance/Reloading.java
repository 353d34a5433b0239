package io.onebalance;

import io.onebalance.program.Program;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Reload;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts settings that were read again in force, or says why the old ones go on.
final class Reloading implements Predicate<Reload> {
  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private final Program program;

  Reloading(Program program) {
    this.program = program;
  }

  /// Whether these settings are in force now, as far as they do not wait for a restart.
  @Override
  public boolean test(Reload reload) {
    return switch (reload) {
      case Reload.Applied applied -> applied(applied);
      case Reload.Same() -> {
        LOG.info("the settings are what they were");
        yield true;
      }
      case Reload.Refused(var bad) -> {
        bad.problems().forEach(problem -> goOn(String.valueOf(problem)));
        yield false;
      }
    };
  }

  private boolean applied(Reload.Applied applied) {
    try {
      program.reload(applied.now().settings(), given(applied.now().settings().authKey()));
      program.tell(applied.now().values());
    } catch (IllegalArgumentException wrong) {
      goOn(String.valueOf(wrong.getMessage()));
      return false;
    }
    var waiting = applied.waitingForRestart();
    LOG.info("settings in force now: {}", without(applied.changed(), waiting));
    if (!waiting.isEmpty()) {
      LOG.warn("these settings wait for a restart: {}", waiting);
    }
    return true;
  }

  /// A key is made at the first start only. Made here, it would lock every client out, and most
  /// likely because of a file that somebody is still writing.
  private static Secret given(Optional<Secret> authKey) {
    return authKey.orElseThrow(() ->
        new IllegalArgumentException(
            "no AUTH_KEY is set any more and none is kept in the data directory, so every client"
                + " would be refused; set one, or restart to have one made"));
  }

  private static List<String> without(List<String> changed, List<String> waiting) {
    return changed.stream().filter(name -> !waiting.contains(name)).toList();
  }

  private static void goOn(String why) {
    LOG.error("the old settings go on: {}", why);
  }
}
