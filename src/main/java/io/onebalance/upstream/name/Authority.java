package io.onebalance.upstream.name;

import io.onebalance.http.Origin;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;

/// An origin in Vert.x' terms: where to connect, and what `Host` says. The scheme's own port is not
/// written.
public record Authority(SocketAddress server, HostAndPort written) {
  private static final int NOT_WRITTEN = -1;

  static Authority of(Origin origin, String address) {
    var own = origin.tls() ? 443 : 80;
    var port = origin.port() == own ? NOT_WRITTEN : origin.port();
    return new Authority(
        SocketAddress.inetSocketAddress(origin.port(), address),
        HostAndPort.authority(bracketed(origin.host()), port));
  }

  /// As an address of IPv6 is written where a port may follow (RFC 3986, 3.2.2).
  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
