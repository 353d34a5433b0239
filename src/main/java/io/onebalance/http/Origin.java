package io.onebalance.http;

/// Where a connection goes: built from configuration only, never from what a client sent.
public record Origin(boolean tls, String host, int port) {
  /// The `Host` field for this origin: the port is left out where it is the scheme's own.
  public String authority() {
    var own = tls ? 443 : 80;
    var name = host.contains(":") ? "[" + host + "]" : host;
    return port == own ? name : name + ":" + port;
  }
}
