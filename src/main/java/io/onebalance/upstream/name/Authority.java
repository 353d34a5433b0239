package io.onebalance.upstream.name;

import io.onebalance.http.Origin;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.UnknownHostException;

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

  /// Where a stranger's link leads: to an address that was looked at, so that nobody can turn the
  /// name to another one meanwhile. Blocks.
  ///
  /// @throws IOException where the name has no address, or one that is not open to strangers
  public static Authority ofStranger(Origin origin, Resolver resolver) throws IOException {
    var addresses = resolver.resolve(origin.host());
    if (addresses.isEmpty()) {
      throw new UnknownHostException(origin.host() + " has no address");
    }
    if (!addresses.stream().allMatch(resolver::isOpen)) {
      throw new UnknownHostException(origin.host() + " stands for an address that is not public");
    }
    return of(origin, addresses.getFirst().getHostAddress());
  }

  /// As an address of IPv6 is written where a port may follow (RFC 3986, 3.2.2).
  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
