package io.onebalance.simulate.policy;

import io.onebalance.simulate.world.Request;
import java.util.ArrayList;
import java.util.List;

/// Several instances over the same keys. Each request comes to one of them at random, and each
/// knows only what it heard itself.
final class Instances implements Dispatcher {
  private final Stage stage;
  private final List<Ours> instances;

  private Instances(Stage stage, List<Ours> instances) {
    this.stage = stage;
    this.instances = instances;
  }

  static Dispatcher of(Stage stage) {
    var instances = new ArrayList<Ours>();
    for (var i = 0; i < stage.scenario().cluster().instances(); i++) {
      instances.add(new Ours(stage));
    }
    return instances.size() == 1 ? instances.getFirst() : new Instances(stage, instances);
  }

  @Override
  public void arrived(Request request) {
    instances.get(stage.chance().nextInt(instances.size())).arrived(request);
  }

  /// As the first believes: all see the same keys.
  @Override
  public States states() {
    return instances.getFirst().states();
  }
}
