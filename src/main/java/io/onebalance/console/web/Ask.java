package io.onebalance.console.web;

import io.onebalance.access.Presented;
import io.onebalance.console.session.Notice;
import io.onebalance.console.session.Session;
import io.onebalance.server.Visit;
import java.util.Map;
import java.util.Optional;

/// A visit that was let in: what it asks, what stands at the places of its path, and who asks.
public record Ask(Visit visit, Map<String, String> places, Caller caller) {
  public Ask {
    places = Map.copyOf(places);
  }

  /// What stands at a place of the route's pattern.
  public String place(String name) {
    var value = places.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no place '" + name + "'");
    }
    return value;
  }

  /// The query's parameters, but for gateway keys: those were for the gate.
  public Params query() {
    return Params.parse(Presented.withoutCredentials(visit.query()));
  }

  public String actor() {
    return caller.actor();
  }

  public Optional<Session> session() {
    return caller instanceof Caller.Person(var session) ? Optional.of(session) : Optional.empty();
  }

  /// Leaves a notice for the next page.
  public void leave(Notice notice) {
    session().ifPresent(session -> session.leave(notice));
  }
}
