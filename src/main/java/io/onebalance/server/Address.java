package io.onebalance.server;

import java.nio.file.Path;
import java.util.Optional;

/// Where to listen, and how. Port 0 takes any free one.
public record Address(String host, int port, Optional<Tls> tls, boolean http2InTheClear) {
  /// A certificate chain and its key, both PEM files.
  public record Tls(Path certificate, Path key) {}
}
