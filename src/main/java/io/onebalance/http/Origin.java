package io.onebalance.http;

/// Where a connection goes: built from configuration. Of what a client sent no more than one
/// checked label fills a place in a host name that the configuration left open (a region, a
/// deployment). `local` tells that the operator allows its name to stand for an address of a
/// private network; what is written as an address is taken as it is.
public record Origin(boolean tls, String host, int port, boolean local) {
  /// An origin whose name must stand for public addresses.
  public Origin(boolean tls, String host, int port) {
    this(tls, host, port, false);
  }

  /// The `Host` field for this origin: the port is left out where it is the scheme's own.
  public String authority() {
    var own = tls ? 443 : 80;
    var name = host.contains(":") ? "[" + host + "]" : host;
    return port == own ? name : name + ":" + port;
  }
}
