package io.onebalance.upstream.name;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Asks for the addresses of a name. It may block; it is never called on an event loop.
public interface Resolver {
  /// The addresses in the order in which they should be tried.
  List<InetAddress> resolve(String host) throws IOException;

  /// Whether somebody who is not the operator may have us connect to this address.
  default boolean isOpen(InetAddress address) {
    return Places.isPublic(address);
  }

  /// The resolver of the machine, with its hosts file.
  static Resolver ofTheMachine() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
