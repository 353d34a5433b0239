package io.onebalance.relay.plan;

import io.onebalance.dialect.BadRequest;
import io.onebalance.dialect.Json;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.translate.Interpreted;
import io.onebalance.relay.translate.Interpreter;
import io.onebalance.relay.translate.SignatureMemory;
import io.onebalance.route.Call;
import io.onebalance.upstream.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
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
    return exchange.body() instanceof Body.Kept
        ? Optional.empty()
        : Optional.of(Refusal.notTranslatable(exchange.snapshot().body().replay()));
  }

  /// The errand for a target to which there is no objection.
  ///
  /// @throws BadRequest where the body is not what its dialect says, or the provider could not do
  ///   what is asked
  Errand errand(Targets.Target target) {
    var signed = interpreter();
    return errand(
        target, signed, Optional.of(() -> errand(target, signed.unsigned(), Optional.empty())));
  }

  private static Errand errand(
      Targets.Target target, Interpreter interpreter, Optional<Supplier<Errand>> unsigned) {
    var translated = interpreter.forTarget(target.provider(), target.model());
    return new Errand(
        target.provider(),
        target.model(),
        message(translated),
        new Errand.Traits(translated.stream(), true, Errand.Shown.AS_IT_CAME),
        Optional.empty(),
        Optional.of(translated.back()),
        unsigned);
  }

  private static Message message(Interpreted translated) {
    var headers = HttpHeaders.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
    headers.set(HttpHeaders.ACCEPT, translated.stream() ? "text/event-stream" : "application/json");
    var body = new Body.Kept(Buffer.buffer(Json.bytes(translated.body())));
    return new Message(HttpMethod.POST, translated.path(), translated.query(), headers, body);
  }

  private Interpreter interpreter() {
    if (interpreter == null) {
      var body = Json.read(bytes).orElseThrow(() -> new BadRequest("body", "is no JSON"));
      interpreter =
          Interpreter.of(call, body, memory, exchange.client().id(), now.getEpochSecond());
    }
    return interpreter;
  }
}
