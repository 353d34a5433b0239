package io.onebalance.relay.translate;

import io.onebalance.dialect.*;
import io.onebalance.route.Call;
import java.util.Optional;

final class Tongues {
  static ProviderDialect OPENAI, ANTHROPIC, GEMINI;

  static Optional<ClientDialect> of(Call call) {
    return Optional.empty();
  }
}
