package io.onebalance.program.ground;

import io.onebalance.console.pages.house.SettingLine;
import io.onebalance.key.Policy;
import io.onebalance.provider.Catalogue;
import io.onebalance.relay.exchange.rules.Snapshot;
import io.onebalance.secret.Secret;
import io.onebalance.server.Cors;
import io.onebalance.server.watch.Patience;
import io.onebalance.settings.Held;
import io.onebalance.settings.Settings;
import io.onebalance.store.history.Retention;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The settings in force, and what is made of them; all of it changes at once. Thread-safe.
public final class InForce {
  private record Now(Settings settings, Snapshot snapshot, Cors cors) {}

  private final Snapshots snapshots;
  private final AtomicReference<Now> now;
  private final AtomicReference<List<Held>> told = new AtomicReference<>(List.of());

  /// Fails with [IllegalArgumentException] where settings do not fit together.
  public InForce(Snapshots snapshots, Settings settings, Secret authKey) {
    this.snapshots = snapshots;
    this.now = new AtomicReference<>(made(settings, authKey));
  }

  /// Fails as the constructor does; then the old settings go on.
  public void put(Settings settings, Secret authKey) {
    now.set(made(settings, authKey));
  }

  private Now made(Settings settings, Secret authKey) {
    var cors = new Cors(Set.copyOf(settings.listener().corsOrigins()));
    return new Now(settings, snapshots.of(settings, authKey), cors);
  }

  public Settings settings() {
    return now.get().settings;
  }

  public Snapshot snapshot() {
    return now.get().snapshot;
  }

  public Cors cors() {
    return now.get().cors;
  }

  public Policy policy() {
    return policy(settings());
  }

  public static Policy policy(Settings settings) {
    return new Policy(
        settings.cooldown().consecutive429Threshold(),
        settings.health().recoveryThreshold(),
        Catalogue.builtIn().with(settings.providers()).windows());
  }

  public Patience patience() {
    var clients = settings().clients();
    return new Patience(clients.head(), clients.idle(), clients.body(), clients.taking());
  }

  public Retention.Terms kept() {
    var kept = settings().retention();
    return new Retention.Terms(kept.requests(), kept.maxBytes());
  }

  /// Where the settings in force came from, for those who ask.
  public void tell(List<Held> values) {
    told.set(List.copyOf(values));
  }

  /// As people read it; made when somebody asks.
  public List<SettingLine> lines() {
    return told.get().stream()
        .map(held ->
            new SettingLine(
                held.name(), SettingText.of(held), held.source().where(), held.restart()))
        .toList();
  }
}
