package io.onebalance.simulate.policy;

import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.Request;
import io.onebalance.simulate.world.Timeline;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// What a policy finds around it.
public interface Stage {
  Timeline time();

  Scenario scenario();

  /// For what an operator knows of his keys: how many, and which share an account where that is
  /// told.
  Keyring keyring();

  List<String> models();

  SplittableRandom chance();

  /// Asks with a key; the hearing follows later.
  void ask(Request request, int key, Hearing hearing);

  /// The request is refused for good.
  void giveUp(Request request);

  /// Makes a choice, and notes how long that took.
  <T> T choosing(Supplier<T> choice);
}
