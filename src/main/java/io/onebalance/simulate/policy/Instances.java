package io.onebalance.simulate.policy;

import io.onebalance.simulate.world.Request;
import java.util.ArrayList;
import java.util.List;

/// Several instances over the same keys. Each request comes to one of them at random. Each knows
/// what it heard itself and, a moment later, which keys the others asked with; what a refusal
/// taught, each learns for itself. Each has a share of the keys that it takes first, so that they
/// seldom meet at one.
final class Instances implements Dispatcher {
  private final Stage stage;
  private final List<Ours> instances;

  private Instances(Stage stage, List<Ours> instances) {
    this.stage = stage;
    this.instances = instances;
  }

  static Dispatcher of(Stage stage) {
    var cluster = stage.scenario().cluster();
    if (cluster.instances() == 1) {
      return new Ours(stage, 0, _ -> {});
    }
    var instances = new ArrayList<Ours>();
    var used = new ArrayList<List<Used>>();
    for (var i = 0; i < cluster.instances(); i++) {
      var own = new ArrayList<Used>();
      used.add(own);
      instances.add(new Ours(stage, i, cluster.exchange() > 0 ? own::add : _ -> {}));
    }
    var all = new Instances(stage, instances);
    if (cluster.exchange() > 0) {
      all.exchange(used, cluster.exchange());
    }
    return all;
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

  private void exchange(List<List<Used>> used, long every) {
    for (var from = 0; from < instances.size(); from++) {
      for (var to = 0; to < instances.size(); to++) {
        if (to != from) {
          instances.get(to).hear(used.get(from));
        }
      }
      used.get(from).clear();
    }
    stage.time().after(every, () -> exchange(used, every));
  }
}
