package io.onebalance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Leads clients to the instances that say they are ready, as a load balancer does that asks each
/// of them several times a second.
final class Balancer implements AutoCloseable {
  private final List<Child> instances;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<String> ready = List.of();
  private volatile boolean closed;
  private final Thread looking = Thread.ofPlatform().daemon().unstarted(this::look);

  Balancer(List<Child> instances) {
    this.instances = new ArrayList<>(instances);
    ready = instances.stream().map(Child::url).toList();
    looking.start();
  }

  synchronized void replace(int n, Child now) {
    instances.set(n, now);
  }

  private synchronized List<Child> all() {
    return List.copyOf(instances);
  }

  private void look() {
    while (!closed) {
      ready =
          all().stream()
              .filter(it -> it.lives() && it.readiness().startsWith("ready"))
              .map(Child::url)
              .toList();
    }
  }

  String next() {
    var now = ready;
    return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
