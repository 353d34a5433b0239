package io.onebalance.program.tell;

import io.onebalance.alert.Alert;
import io.onebalance.alert.Rules;
import io.onebalance.alert.Sight;
import io.onebalance.alert.Traffic;
import io.onebalance.alert.Watch;
import io.onebalance.alert.Webhook;
import io.onebalance.cluster.Leases;
import io.onebalance.http.Origin;
import io.onebalance.key.event.Cause;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.pool.Pool;
import io.onebalance.key.pool.Pools;
import io.onebalance.ledger.Entry;
import io.onebalance.program.ground.SandboxProvider;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.upstream.call.Inquiry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at keys, traffic and budgets every few seconds, and tells what somebody should know.
public final class Alarms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
  private static final int PACE_SECONDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FAILURES = 5;
  private static final int NO_PORT = -1;

  /// Until the job of one that was killed is another's, and both have looked.
  public static final Duration KEPT = Leases.LONGEST.plusSeconds(2 * PACE_SECONDS);

  /// What is looked at. `budgets` are those of the gateway keys.
  public record Places(
      Pools pools, Supplier<Settings> settings, Supplier<List<Sight.Budget>> budgets) {}

  private final Places places;
  private final InstantSource clock;
  private final Turn turn;
  private final Traffic traffic = new Traffic();
  private final Watch watch = new Watch();

  /// Keys that were blocked since the last look, by their ids.
  private final Map<String, Sight.Blocked> blocked = new ConcurrentHashMap<>();

  /// What another instance tells, unless it was killed: then its successor does.
  private final List<Alert> untold = new ArrayList<>();

  private final Webhook webhook;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  /// Which of several instances tells what all of them see.
  public interface Turn {
    /// Whether it is this one.
    boolean isMine();

    /// Whether nobody told this yet; from now on somebody did.
    boolean isFirst(Alert alert);
  }

  public Alarms(Places places, Inquiry inquiry, InstantSource clock, Turn turn) {
    this.turn = turn;
    this.places = places;
    this.clock = clock;
    this.webhook = new Webhook(inquiry::ask, this::target, Thread::sleep);
  }

  /// Begins to look.
  void begin() {
    beats.scheduleWithFixedDelay(this::lookAnyhow, PACE_SECONDS, PACE_SECONDS, TimeUnit.SECONDS);
  }

  /// Takes note of what happened to a key: only a block counts. What another instance learnt, that
  /// one tells.
  void heard(KeyEvent event) {
    if (event.change() instanceof KeyEvent.Blocked(var reason, _)
        && !(event.cause() instanceof Cause.Elsewhere)
        && isReal(event.provider())) {
      blocked.put(event.keyId(), new Sight.Blocked(event.provider(), event.keyId(), reason));
    }
  }

  /// Keys of the sandbox are nobody's loss.
  private static boolean isReal(String provider) {
    return !provider.equals(SandboxProvider.SLUG);
  }

  /// Takes note of what happened to requests.
  void heard(List<Entry> entries) {
    for (var entry : entries) {
      for (var attempt : entry.attempts()) {
        traffic.asked(
            attempt.provider(),
            attempt.verdict().equals("served"),
            Set.of("faulted", "overloaded").contains(attempt.verdict()),
            entry.at().plus(attempt.after()));
      }
    }
  }

  /// The edge of the thread: whatever goes wrong in one look, there is a next one.
  private void lookAnyhow() {
    try {
      look(clock.instant());
    } catch (RuntimeException broken) {
      LOG.error("looking for what to tell failed", broken);
    }
  }

  public synchronized void look(Instant now) {
    untold.removeIf(alert -> alert.at().isBefore(now.minus(KEPT)));
    for (var alert : watch.look(sight(now), rules(), now)) {
      if (isSeenByAll(alert)) {
        untold.add(alert);
      } else {
        webhook.tell(alert);
      }
    }
    if (!untold.isEmpty() && turn.isMine()) {
      untold.stream().filter(turn::isFirst).forEach(webhook::tell);
      untold.clear();
    }
  }

  /// Whether each instance sees this; a key is blocked, and a provider down, where it was asked.
  private static boolean isSeenByAll(Alert alert) {
    return switch (alert.kind()) {
      case POOL_LOW, BUDGET_NEAR, BUDGET_REACHED -> true;
      case KEY_BLOCKED, PROVIDER_DOWN -> false;
    };
  }

  private Rules rules() {
    var alerts = places.settings().get().alerts();
    var told =
        alerts.told().stream()
            .map(kind -> Alert.Kind.valueOf(kind.name()))
            .collect(Collectors.toSet());
    return new Rules(told, alerts.readyPercent(), alerts.budgetPercent(), PATIENCE, FAILURES);
  }

  private Sight sight(Instant now) {
    var pools = new HashMap<String, Sight.Pool>();
    places
        .pools()
        .all()
        .forEach((slug, pool) -> {
          if (isReal(slug)) {
            pools.put(slug, seen(slug, pool, now));
          }
        });
    return new Sight(pools, newlyBlocked(), places.budgets().get());
  }

  private List<Sight.Blocked> newlyBlocked() {
    var taken = Map.copyOf(blocked);
    taken.forEach(blocked::remove);
    return List.copyOf(taken.values());
  }

  private Sight.Pool seen(String slug, Pool pool, Instant now) {
    var counts = pool.counts(now);
    var minute = traffic.of(slug, now);
    return new Sight.Pool(
        counts.active(),
        counts.cooling() + counts.setAside(),
        counts.blocked(),
        minute.served(),
        minute.failed());
  }

  private Optional<Webhook.Target> target() {
    var alerts = places.settings().get().alerts();
    return alerts.webhook().map(url -> target(url, alerts.signing()));
  }

  /// The operator may have the webhook in a network of their own.
  private static Webhook.Target target(Secret url, Optional<Secret> signing) {
    var uri = URI.create(url.reveal());
    var tls = uri.getScheme().equalsIgnoreCase("https");
    var port = uri.getPort() == NO_PORT ? (tls ? 443 : 80) : uri.getPort();
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var origin = new Origin(tls, uri.getHost(), port, true);
    return new Webhook.Target(origin, new Secret(path + query), signing);
  }

  @Override
  public void close() {
    beats.shutdownNow();
    webhook.close();
  }
}
