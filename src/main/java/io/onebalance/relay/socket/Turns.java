package io.onebalance.relay.socket;

import io.onebalance.ledger.Tokens;
import io.onebalance.ledger.usage.Meter;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the tokens that a provider tells in the messages of a live session as they pass: OpenAI's
/// Realtime API in `response.done`, Gemini's Live API in `usageMetadata`, each of one turn with all
/// that it was asked with. What is no JSON object is sound, and not looked at. Belongs to one event
/// loop.
final class Turns implements Ear {
  private final Consumer<Tokens> told;
  private boolean fresh;
  private @Nullable Meter meter;

  Turns(Consumer<Tokens> told) {
    this.told = told;
  }

  @Override
  public void begins() {
    fresh = true;
    meter = null;
  }

  @Override
  public void hears(Buffer bytes, int from, int to) {
    if (fresh) {
      fresh = false;
      meter = bytes.getByte(from) == '{' ? Meter.of("application/json") : null;
    }
    if (meter != null) {
      meter.feed(bytes.getBytes(from, to), 0, to - from);
    }
  }

  @Override
  public void ends() {
    if (meter != null) {
      var tokens = meter.tokens(true, () -> 0);
      meter = null;
      if (tokens.source() == Tokens.Source.TOLD) {
        told.accept(tokens);
      }
    }
  }
}
