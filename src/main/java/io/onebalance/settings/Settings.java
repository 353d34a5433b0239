package io.onebalance.settings;

import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// All that the operator set, checked, with defaults filled in. Immutable. `providers` and `prices`
/// are what the YAML says, for the catalogue and the price list to read: texts, lists and maps by
/// slug. `mediaFetch`: what requests link to is fetched for providers that fetch nothing.
public record Settings(
    Optional<Secret> authKey,
    Listener listener,
    Storage storage,
    Optional<Gateway> gateway,
    Optional<String> cloudflareAccount,
    Cooldown cooldown,
    Health health,
    Timeout timeout,
    Clients clients,
    Attempts attempts,
    Body body,
    boolean mediaFetch,
    WebSocket webSocket,
    Console console,
    Cleanup cleanup,
    boolean sandboxEnabled,
    Log log,
    Optional<Tracing> tracing,
    boolean records,
    Retention retention,
    LimitTable limits,
    Alerts alerts,
    Cache cache,
    Hedge hedge,
    Map<String, Object> providers,
    Map<String, Object> prices,
    Map<String, Legs> models) {

  public Settings {
    providers = Map.copyOf(providers);
    prices = Map.copyOf(prices);
    models = Map.copyOf(models);
  }

  /// The same for a program that only this machine reaches, and only for a moment: on a free port,
  /// with its console there, whatever stands in the way of either.
  public Settings alone() {
    return new Settings(
        authKey,
        listener.alone(),
        storage,
        gateway,
        cloudflareAccount,
        cooldown,
        health,
        timeout,
        clients,
        attempts,
        body,
        mediaFetch,
        webSocket,
        new Console(true, Optional.empty()),
        cleanup,
        sandboxEnabled,
        log,
        tracing,
        records,
        retention,
        limits,
        alerts,
        cache,
        hedge,
        providers,
        prices,
        models);
  }

  /// Providers may have header fields that are secret, so only the address is printed.
  @Override
  public String toString() {
    return "settings for " + listener.address();
  }

  /// Where the gateway is heard, and on whose word. `corsOrigins` may hold `*`; `trustedProxies`
  /// are those whose X-Forwarded-* is believed.
  public record Listener(
      Address address,
      Optional<Tls> tls,
      boolean cleartextHttp2,
      List<String> corsOrigins,
      List<Cidr> trustedProxies,
      boolean metricsOpen,
      Duration drainPause,
      Duration drain) {
    public Listener {
      corsOrigins = List.copyOf(corsOrigins);
      trustedProxies = List.copyOf(trustedProxies);
    }

    /// Whether what the proxy at this address says of its clients is believed.
    public boolean trusts(String peer) {
      return trustedProxies.stream().anyMatch(proxies -> proxies.contains(peer));
    }

    private Listener alone() {
      return new Listener(
          new Address("127.0.0.1", 0),
          Optional.empty(),
          cleartextHttp2,
          corsOrigins,
          trustedProxies,
          metricsOpen,
          Duration.ZERO,
          drain);
    }
  }

  /// A host and a port; port 0 takes any that is free.
  public record Address(String host, int port) {
    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    /// The URL by which programs on this machine reach what listens here, on this port.
    public String url(boolean tls, int port) {
      var known = ANY.contains(host) ? "127.0.0.1" : host;
      return (tls ? "https://" : "http://") + new Address(known, port);
    }

    @Override
    public String toString() {
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
  }

  /// Two PEM files.
  public record Tls(Path certificate, Path key) {}

  /// Where data lies. `database` is `sqlite:FILE` or `postgresql://…`, with a password. The master
  /// key is the value itself where it was given, else the file.
  public record Storage(
      Path dataDir, String database, Optional<Secret> masterKey, Path masterKeyFile) {
    /// The address of the database may hold a password.
    @Override
    public String toString() {
      return "data in " + dataDir;
    }
  }

  /// The Cloudflare AI Gateway that providers are asked through: its URL without a `/` at the end,
  /// the token it wants, and who translates compat chat.
  public record Gateway(String url, Optional<Secret> token, Translator translate) {}

  /// Who translates compat chat: this program, or Cloudflare's `/compat`.
  public enum Translator {
    SELF,
    GATEWAY
  }

  /// When a key that is limited again and again rests for long.
  public record Cooldown(int consecutive429Threshold) {}

  /// When a key that fails again and again is benched.
  public record Health(int recoveryThreshold) {}

  /// How long things may take. `overall` is until the answer begins; `attemptStreamed` and
  /// `attemptUnary` are for one attempt; `maxWait` is how long a request may wait for a key.
  public record Timeout(
      Duration overall,
      Duration attemptStreamed,
      Duration attemptUnary,
      Duration streamIdle,
      Duration connect,
      Duration maxWait) {}

  /// How long clients may keep us waiting: with a head they began, between requests, between the
  /// pieces of a body, and with half of what lies ready for them. `concurrent` is how many requests
  /// of one gateway key may run at once, 0 for any number.
  public record Clients(
      Duration head, Duration idle, Duration body, Duration taking, int concurrent) {}

  /// How often is tried: `max` attempts in all where set, and how many server faults.
  public record Attempts(OptionalInt max, int serverFaults) {}

  /// Bodies in bytes: up to `replay` they are kept and may be sent again, up to `max` they pass.
  public record Body(long replay, long max) {}

  /// What a WebSocket may do: how long both sides may be silent, and how large a message may be.
  public record WebSocket(Duration idle, long maxMessage) {}

  /// The console and the key API, with an address of their own where `listen` says so.
  public record Console(boolean enabled, Optional<Address> listen) {}

  /// When dead keys are cleaned up (five cron fields, UTC), and how.
  public record Cleanup(String schedule, Action action) {}

  /// What the cleanup does with a dead key.
  public enum Action {
    DELETE,
    BLOCK
  }

  /// What is logged, and how.
  public record Log(Format format, Level level, boolean bodies) {}

  public enum Format {
    TEXT,
    JSON
  }

  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /// Which collector hears of how many requests, from 0 to 1. `headers` are `name=value,…`.
  public record Tracing(String endpoint, Optional<Secret> headers, double share) {}

  /// How long and how much of the request log is kept.
  public record Retention(Duration requests, long maxBytes) {}

  /// What is told to whom. `webhook` is a whole URL; a pool is low while fewer than `readyPercent`
  /// of its keys are ready, a budget near its end from `budgetPercent` on.
  public record Alerts(
      Optional<Secret> webhook,
      Optional<Secret> signing,
      Set<AlertKind> told,
      int readyPercent,
      int budgetPercent) {
    public Alerts {
      told = Set.copyOf(told);
    }
  }

  /// Which answers are remembered: in so many bytes, 0 for none; for models of these names, with
  /// `*` for anything, or where a request asks for it; and whether gateway keys share them.
  public record Cache(long maxBytes, Duration ttl, List<String> models, boolean shared) {
    public Cache {
      models = List.copyOf(models);
    }
  }

  /// For which models a second place is asked where the first is slow to begin, of how many of a
  /// hundred requests at most, and after which time; nothing for what 95 of 100 take.
  public record Hedge(List<String> models, int percent, Duration after) {
    public Hedge {
      models = List.copyOf(models);
    }
  }

  public enum AlertKind {
    POOL_LOW,
    KEY_BLOCKED,
    PROVIDER_DOWN,
    BUDGET_NEAR,
    BUDGET_REACHED
  }

  /// Where a virtual model leads: one leg after the other, or, where weighted, shared by weight.
  public record Legs(List<Leg> legs, boolean weighted) {
    public Legs {
      legs = List.copyOf(legs);
    }
  }

  /// A provider, by slug or alias, and its model.
  public record Leg(String provider, String model, int weight) {}
}
