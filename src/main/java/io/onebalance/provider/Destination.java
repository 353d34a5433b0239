package io.onebalance.provider;

import io.onebalance.http.Header;
import io.onebalance.http.Origin;
import io.onebalance.provider.auth.Proof;
import java.util.ArrayList;
import java.util.List;

/// One attempt's address: the origin, the request target (path and query as they go on the wire)
/// and the fields that the provider and the key add. `headers` replace fields of the same name;
/// `defaults` are added only where the client sent none of that name. It may be gone to once its
/// `proof` is none.
public record Destination(
    Origin origin,
    String target,
    List<Header> headers,
    List<Header> defaults,
    boolean viaGateway,
    Proof proof) {
  public Destination {
    headers = List.copyOf(headers);
    defaults = List.copyOf(defaults);
  }

  /// The same with what proves the key to its provider.
  public Destination proven(List<Header> more) {
    var all = new ArrayList<>(headers);
    all.addAll(more);
    return new Destination(origin, target, all, defaults, viaGateway, Proof.None.NOTHING);
  }

  /// The target may hold the key (`?key=`), so it is not printed.
  @Override
  public String toString() {
    return origin.authority();
  }
}
