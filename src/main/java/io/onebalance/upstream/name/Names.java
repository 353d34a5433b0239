package io.onebalance.upstream.name;

import io.netty.util.NetUtil;
import io.onebalance.http.Origin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The addresses of origins, as one event loop knows them. A name is asked about again in the
/// background once its answer is no longer fresh; when no answer comes, the last good one is
/// believed for a while (F28).
///
/// Not thread-safe: it belongs to the event loop that made it.
public final class Names {
  static final Duration FRESH = Duration.ofSeconds(30);
  static final Duration LAST_GOOD = Duration.ofMinutes(5);

  /// Clients name deployments, regions and locations, which become names to ask for: of more than
  /// these, the one not asked for the longest is forgotten.
  static final int MOST = 1000;

  /// So many names are asked about at a time, on threads of their own: names that answer slowly
  /// hold up no other work.
  private static final int ASKED_AT_ONCE = 20;

  private final WorkerExecutor threads;
  private final Resolver resolver;
  private final InstantSource clock;
  private final Map<Origin, Known> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Origin, Future<Authority>> asked = new HashMap<>();

  public Names(Vertx vertx, Resolver resolver, InstantSource clock) {
    this.threads = vertx.createSharedWorkerExecutor("names-of-origins", ASKED_AT_ONCE);
    this.resolver = resolver;
    this.clock = clock;
  }

  /// Where to connect for this origin. Complete at once where that is known; fails where nothing
  /// good is known and no good answer came.
  public Future<Authority> of(Origin origin) {
    var before = known.get(origin);
    if (before == null) {
      return isAddress(origin.host()) ? written(origin) : ask(origin);
    }
    if (before.always) {
      return before.current;
    }
    var age = Duration.between(before.since, clock.instant());
    if (age.compareTo(FRESH) < 0 && !age.isNegative()) {
      return before.current;
    }
    var fresh = ask(origin);
    return age.compareTo(LAST_GOOD) <= 0 && !age.isNegative() ? before.current : fresh;
  }

  /// Nobody was met at this address: the next one of that name is tried, if there is one.
  public void nobodyAt(Origin origin, Authority authority) {
    var before = known.get(origin);
    if (before != null && before.first().equals(authority) && before.all.size() > 1) {
      known.put(origin, before.turned());
    }
  }

  private Future<Authority> written(Origin origin) {
    var only = new Known(List.of(Authority.of(origin, origin.host())), Instant.MAX, true);
    remember(origin, only);
    return only.current;
  }

  private Future<Authority> ask(Origin origin) {
    var running = asked.get(origin);
    if (running != null) {
      return running;
    }
    var answer =
        threads
            .executeBlocking(() -> permitted(origin, resolver.resolve(origin.host())), false)
            .map(addresses -> learn(origin, Objects.requireNonNull(addresses)));
    asked.put(origin, answer);
    return answer.onComplete(_ -> asked.remove(origin));
  }

  /// The address in use stays in use while the name still stands for it: its connections are warm.
  private Authority learn(Origin origin, List<InetAddress> addresses) {
    var all =
        addresses.stream().map(address -> Authority.of(origin, address.getHostAddress())).toList();
    var learnt = new Known(all, clock.instant(), false);
    var before = known.get(origin);
    if (before != null && all.contains(before.first())) {
      while (!learnt.first().equals(before.first())) {
        learnt = learnt.turned();
      }
    }
    remember(origin, learnt);
    return learnt.first();
  }

  private void remember(Origin origin, Known learnt) {
    known.put(origin, learnt);
    if (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
  }

  private static List<InetAddress> permitted(Origin origin, List<InetAddress> addresses)
      throws IOException {
    var permitted =
        addresses.stream()
            .filter(
                address -> origin.local() ? !Places.isLinkLocal(address) : Places.isPublic(address))
            .toList();
    if (permitted.isEmpty()) {
      throw new UnknownHostException(
          addresses.isEmpty()
              ? origin.host() + " has no address"
              : origin.host() + " stands for addresses of a private network, which is not allowed");
    }
    return permitted;
  }

  private static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  /// What a name stood for at some time. The first one is in use.
  private static final class Known {
    private final List<Authority> all;
    private final Instant since;
    private final boolean always;
    private final Future<Authority> current;

    Known(List<Authority> all, Instant since, boolean always) {
      this.all = List.copyOf(all);
      this.since = since;
      this.always = always;
      this.current = Future.succeededFuture(all.getFirst());
    }

    Authority first() {
      return all.getFirst();
    }

    Known turned() {
      var turned = new ArrayList<>(all.subList(1, all.size()));
      turned.add(all.getFirst());
      return new Known(turned, since, always);
    }
  }
}
