package io.onebalance.http;

import java.util.List;

/// What proxies say of how a request came. To be believed of those only that the operator trusts
/// (S17).
public final class Forwarded {
  public static final String PROTO = "x-forwarded-proto";

  private Forwarded() {}

  /// Whether the client came by TLS, as the values of [#PROTO] say: each proxy appends what it
  /// heard, so the last word is the nearest one's. Where none says anything, `here` is what the
  /// connection itself shows.
  public static boolean isSecure(List<String> protos, boolean here) {
    if (protos.isEmpty()) {
      return here;
    }
    var hops = protos.getLast().split(",", -1);
    return hops[hops.length - 1].strip().equalsIgnoreCase("https");
  }
}
