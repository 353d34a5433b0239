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
    var instances = new ArrayList<Ours>();
    for (var place = 0; place < cluster.instances(); place++) {
      instances.add(new Ours(stage, place));
    }
    if (instances.size() == 1) {
      return instances.getFirst();
    }
    var all = new Instances(stage, instances);
    if (cluster.exchange() > 0) {
      all.exchange(cluster.exchange());
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

  private void exchange(long every) {
    for (var from : instances) {
      var news = from.news();
      instances.stream().filter(to -> to != from).forEach(to -> to.hear(news));
    }
    stage.time().after(every, () -> exchange(every));
  }
}
