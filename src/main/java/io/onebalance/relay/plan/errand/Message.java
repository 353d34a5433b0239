package io.onebalance.relay.plan.errand;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.http.RawPath;
import io.onebalance.http.SafePath;
import io.onebalance.upstream.Body;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/// What goes to a provider whichever key it goes with: `to` stands below the provider's base,
/// `headers` are the client's, unfiltered.
public record Message(HttpMethod method, SafePath to, MultiMap headers, Body body) {
  /// To a path that we made: nothing in it is foreign but the name of the model.
  ///
  /// @throws BadRequest where that name makes a path that may not be asked for
  public Message(HttpMethod method, String path, String query, MultiMap headers, Body body) {
    this(method, made(path, query), headers, body);
  }

  private static SafePath made(String path, String query) {
    return SafePath.read(path, query)
        .orElseThrow(() ->
            new BadRequest("model", RawPath.objection(path, query).orElse("it makes no path")));
  }

  public String path() {
    return to.path();
  }

  public String query() {
    return to.query();
  }

  public boolean isReplayable() {
    return !(body instanceof Body.Passing);
  }
}
