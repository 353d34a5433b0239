package io.onebalance.console;

import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Route;
import io.onebalance.server.Visit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All routes. What is not in the table does not exist.
final class RouteTable {
  /// Paths below these are ours even where no route fits, so that nobody else answers them.
  private static final List<String> OURS =
      List.of(
          "/keys/",
          "/static/",
          "/requests/",
          "/gateway-keys/",
          "/api/keys/",
          "/api/gateway-keys/",
          "/api/requests/",
          "/test/run-cleanup/");

  private final List<Route> routes;
  private final Set<String> paths;

  RouteTable(List<Route> routes) {
    this.routes =
        routes.stream()
            .sorted(Comparator.comparingLong((Route r) -> r.pattern().literals()).reversed())
            .toList();
    this.paths = routes.stream().map(route -> route.pattern().text()).collect(Collectors.toSet());
  }

  List<Route> routes() {
    return routes;
  }

  /// A route and what stands at its places.
  record Hit(Route route, Map<String, String> places) {}

  /// The route for a visit. A method that the path does not have is a 405.
  Hit find(Visit visit) {
    var allowed = new TreeSet<String>();
    for (var route : routes) {
      var places = route.pattern().match(visit.path());
      if (places.isPresent()) {
        if (route.method().equals(method(visit))) {
          return new Hit(route, places.get());
        }
        allowed.add(route.method());
      }
    }
    throw allowed.isEmpty()
        ? Refusal.notFound("There is nothing at this address.")
        : Refusal.wrongMethod(List.copyOf(allowed));
  }

  /// Whether a path is the console's to answer. Every request of the data plane asks this first.
  boolean owns(String path) {
    if (paths.contains(path)) {
      return true;
    }
    for (var beginning : OURS) {
      if (path.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /// HEAD is answered as GET, without the body.
  private static String method(Visit visit) {
    return visit.method().equals("HEAD") ? "GET" : visit.method();
  }
}
