package io.onebalance.relay.socket;

import io.onebalance.access.Presented;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which subprotocol a client is told was chosen.
final class Protocols {
  private Protocols() {}

  /// One that the client offered, never one with a key: the provider's choice, or else the client's
  /// first. Browsers break off where they offered some and hear of none.
  static Optional<String> chosen(List<String> offered, @Nullable String byProvider) {
    var mayBe = Presented.answerableProtocols(String.join(",", offered));
    return mayBe.stream()
        .filter(protocol -> protocol.equals(byProvider))
        .findFirst()
        .or(() -> mayBe.stream().findFirst());
  }
}
