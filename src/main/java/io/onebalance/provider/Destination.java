package io.onebalance.provider;

import io.onebalance.http.Header;
import io.onebalance.http.Origin;
import java.util.List;

/// One attempt's address: the origin, the request target (path and query as they go on the wire)
/// and the fields that the provider and the key add. `headers` replace fields of the same name;
/// `defaults` are added only where the client sent none of that name.
public record Destination(
    Origin origin, String target, List<Header> headers, List<Header> defaults) {
  public Destination {
    headers = List.copyOf(headers);
    defaults = List.copyOf(defaults);
  }

  public Destination(Origin origin, String target, List<Header> headers) {
    this(origin, target, headers, List.of());
  }

  /// The target may hold the key (`?key=`), so it is not printed.
  @Override
  public String toString() {
    return origin.authority();
  }
}
