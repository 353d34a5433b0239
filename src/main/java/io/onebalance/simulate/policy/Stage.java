package io.onebalance.simulate.policy;

import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.world.Keyring;
import io.onebalance.simulate.world.Request;
import io.onebalance.simulate.world.Timeline;
import java.util.List;
import java.util.SplittableRandom;

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

  /// The work of a choice, to be timed.
  void choosing(Runnable work);
}
