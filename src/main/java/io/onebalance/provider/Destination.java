package io.onebalance.provider;

import io.onebalance.http.Header;
import io.onebalance.http.Origin;
import java.util.List;

/// One attempt's address: the origin, the request target (path and query as they go on the wire)
/// and the fields that the provider and the key add. They replace fields of the same name.
public record Destination(Origin origin, String target, List<Header> headers) {
  public Destination {
    headers = List.copyOf(headers);
  }

  /// The target may hold the key (`?key=`), so it is not printed.
  @Override
  public String toString() {
    return origin.authority();
  }
}
