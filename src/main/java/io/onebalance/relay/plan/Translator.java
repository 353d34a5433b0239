package io.onebalance.relay.plan;

import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.translate.Interpreter;
import io.onebalance.relay.translate.SignatureMemory;
import io.onebalance.route.Call;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes errands of a call for providers of other dialects. The body is read when the first of them
/// needs it.
final class Translator {
  private final Exchange exchange;
  private final Call call;
  private final byte[] bytes;
  private final SignatureMemory memory;
  private final Instant now;
  private @Nullable Interpreter interpreter;

  Translator(Exchange exchange, Call call, byte[] bytes, SignatureMemory memory, Instant now) {
    this.exchange = exchange;
    this.call = call;
    this.bytes = bytes;
    this.memory = memory;
    this.now = now;
  }

  /// Why this call cannot be translated for this provider.
  Optional<Refusal> objection(Targets.Target target) {
    if (!Interpreter.reaches(call, target.provider(), target.model())) {
      return Optional.of(Refusal.invalid(Place.objection(call, target.provider())));
    }
    return Translated.notWhole(exchange);
  }

  /// The errand for a target to which there is no objection.
  ///
  /// @throws io.onebalance.dialect.BadRequest where the body is not what its dialect says, or the
  ///   provider could not do what is asked
  Errand errand(Targets.Target target) {
    var signed = interpreter();
    return errand(
        target, signed, Optional.of(() -> errand(target, signed.unsigned(), Optional.empty())));
  }

  private static Errand errand(
      Targets.Target target, Interpreter interpreter, Optional<Supplier<Errand>> unsigned) {
    var translated = interpreter.forTarget(target.provider(), target.model());
    return Translated.errand(target, translated, unsigned);
  }

  private Interpreter interpreter() {
    if (interpreter == null) {
      interpreter =
          Interpreter.of(
              call, Translated.read(bytes), memory, exchange.client().id(), now.getEpochSecond());
    }
    return interpreter;
  }
}
