package io.onebalance.relay.plan.compat;

import io.onebalance.chat.Source;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.memory.Remembered;
import io.onebalance.relay.translate.Interpreter;
import io.onebalance.route.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes errands of a call for providers of other dialects. The body is read when the first of them
/// needs it.
final class Translator {
  private final Exchange exchange;
  private final Call call;
  private final byte[] bytes;
  private final Remembered remembered;
  private final Instant now;
  private @Nullable Interpreter interpreter;

  Translator(Exchange exchange, Call call, byte[] bytes, Remembered remembered, Instant now) {
    this.exchange = exchange;
    this.call = call;
    this.bytes = bytes;
    this.remembered = remembered;
    this.now = now;
  }

  /// Why this call cannot be translated for this provider.
  Optional<Refusal> objection(Targets.Target target) {
    if (!Interpreter.reaches(call, target.provider(), target.model())) {
      return Optional.of(Refusal.invalid(Place.objection(call, target.provider())));
    }
    return Translated.notWhole(exchange);
  }

  /// The links of the request that these targets would not follow by themselves.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the body is not what its dialect says
  List<String> links(List<Targets.Target> targets) {
    return targets.stream().flatMap(target -> links(target).stream()).distinct().toList();
  }

  /// From here on, what was fetched stands in place of its links.
  void fill(Map<String, Source.Inline> fetched) {
    interpreter = interpreter().filled(fetched);
  }

  private List<String> links(Targets.Target target) {
    return interpreter().links(target.provider(), target.model());
  }

  private static BadRequest unfetched(Targets.Target target) {
    return new BadRequest(
        "messages",
        target.provider().slug()
            + " fetches no links of the web; send the file itself, as base64, or have the operator"
            + " set media.fetch");
  }

  /// The errand for a target to which there is no objection.
  ///
  /// @throws io.onebalance.dialect.json.BadRequest where the body is not what its dialect says, or
  ///   the provider could not do what is asked
  Errand errand(Targets.Target target) {
    if (!links(target).isEmpty()) {
      throw unfetched(target);
    }
    return errand(target, interpreter());
  }

  private Errand errand(Targets.Target target, Interpreter interpreter) {
    return Translated.errand(
        target,
        interpreter.forTarget(target.provider(), target.model()),
        remembered.belongings(),
        concession -> Optional.of(errand(target, interpreter.without(concession))));
  }

  private Interpreter interpreter() {
    if (interpreter == null) {
      interpreter =
          Interpreter.of(
              call,
              Translated.read(bytes),
              remembered.signatures(),
              exchange.client().id(),
              now.getEpochSecond());
    }
    return interpreter;
  }
}
