package io.onebalance.program;

import io.onebalance.console.api.Trials;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.upkeep.Cleanup;
import io.onebalance.upkeep.Examiner.Examined;
import io.onebalance.upkeep.Validation;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console's trials, made by upkeep.
record LiveTrials(Validation validation, Cleanup cleanup) implements Trials {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTrials.class);

  @Override
  public void test(Selection selection, String model, String actor, Consumer<Tried> progress) {
    LOG.info("{} tests keys", actor);
    validation.test(selection, model, examined -> progress.accept(tried(examined)));
  }

  @Override
  public Cleaned cleanup(String provider, String actor) {
    var done = cleanup.run(provider, actor);
    LOG.info("{} cleaned up {}: {}", actor, provider, done);
    return new Cleaned(done.checked(), done.deleted(), done.blocked(), done.recovered());
  }

  private static Tried tried(Examined examined) {
    var finding = examined.finding();
    return new Tried(
        examined.keyId(), finding.passed(), finding.word(), finding.told(), examined.took());
  }
}
