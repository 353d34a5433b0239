package io.onebalance.console;

import io.onebalance.console.api.Trials;
import io.onebalance.store.keyring.Keyring.Selection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Trials that ask nobody: keys whose id has an even length pass. Mistral breaks.
public final class PretendTrials implements Trials {
  @Override
  public void test(Selection selection, String model, String actor, Consumer<Tried> progress) {
    var ids =
        switch (selection) {
          case Selection.Ids(var given) -> given;
          case Selection.Matching _ -> List.of("ab", "abc");
        };
    for (var id : ids) {
      var passed = id.length() % 2 == 0;
      progress.accept(new Tried(id, passed, model + " by " + actor, Duration.ofMillis(12)));
    }
  }

  @Override
  public Cleaned cleanup(String provider, String actor) {
    if (provider.equals("mistral")) {
      throw new IllegalStateException("pretended");
    }
    return new Cleaned(5, 2, 0, 1);
  }
}
