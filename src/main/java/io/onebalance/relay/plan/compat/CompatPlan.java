package io.onebalance.relay.plan.compat;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.plan.memory.Remembered;
import io.onebalance.route.Call;
import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import io.onebalance.upstream.Bytes;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Plans a call that any provider may answer: the model's name says which. Where the provider
/// speaks the call's dialect only that name is patched, and all other bytes go on as they are; for
/// others the call is translated.
public final class CompatPlan {
  private final Exchange exchange;
  private final Call call;
  private final Written written;
  private final Remembered remembered;
  private final Translator translator;

  private CompatPlan(
      Exchange exchange, Call call, Written written, Remembered remembered, Translator translator) {
    this.exchange = exchange;
    this.call = call;
    this.written = written;
    this.remembered = remembered;
    this.translator = translator;
  }

  /// Of a call as its client wrote it, which is planned `now`.
  public static CompatPlan of(Exchange exchange, Call call, Remembered remembered, Instant now) {
    var bytes = Bytes.of(exchange.known());
    var type = exchange.headers().get(HttpHeaders.CONTENT_TYPE);
    var written = new Written(exchange.body(), bytes, ModelFinder.find(type, bytes));
    var translator = new Translator(exchange, call, bytes, remembered, now);
    return new CompatPlan(exchange, call, written, remembered, translator);
  }

  /// `chance` draws among the weighted legs of a virtual model.
  public Planned plan(RandomGenerator chance) {
    if (call instanceof Call.Models || call instanceof Call.Model) {
      return new Planned.Models(call);
    }
    if (written.found() instanceof Found.Refused(var why)) {
      return refused(why);
    }
    var name = model();
    if (name.isEmpty()) {
      return refused(
          written.found() instanceof Found.Foreign
              ? "The body can't be read as JSON with a model."
              : "The body names no model; write \"model\": \"provider/model\".");
    }
    exchange.client().wants(name.get(), isStream());
    return switch (Targets.of(name.get(), exchange.snapshot(), remembered.models(), chance)) {
      case Targets.Unclear(var why) -> refused(why);
      case Targets.Known(var targets) -> planned(name.get(), targets);
    };
  }

  private boolean isStream() {
    return call instanceof Call.Gemini(var verb, _) ? verb.streams() : written.isStream();
  }

  private Optional<String> model() {
    return call instanceof Call.Gemini(_, var model) ? Optional.of(model) : written.model();
  }

  private CallPlan kind() {
    var asItIs = new AsItIs(exchange, call, written, remembered.belongings());
    return switch (call) {
      case Call.Embeddings() -> new Embedding(exchange, call, asItIs, written.bytes());
      case Call.CountTokens() -> new Counting(exchange, call, asItIs, written.bytes());
      case Call.Gemini(var verb, _) ->
          switch (verb) {
            case EMBED, EMBED_MANY -> new Embedding(exchange, call, asItIs, written.bytes());
            case COUNT_TOKENS -> new Counting(exchange, call, asItIs, written.bytes());
            case GENERATE, STREAM, STREAM_ARRAY -> new Conversing(asItIs, translator);
          };
      case Call.Chat _, Call.Responses _, Call.Messages _ -> new Conversing(asItIs, translator);
      case Call.Models _, Call.Model _, Call.Hello _ -> new Conversing(asItIs, translator);
    };
  }

  private Planned planned(String asked, List<Targets.Target> targets) {
    var kind = kind();
    var allowed = new ArrayList<Targets.Target>();
    var objections = new ArrayList<Refusal>();
    for (var target : targets) {
      objection(asked, target)
          .or(() -> kind.objection(target))
          .ifPresentOrElse(objections::add, () -> allowed.add(target));
    }
    if (allowed.isEmpty()) {
      return new Planned.Refused(objections.getFirst());
    }
    try {
      return kind.plan(allowed);
    } catch (BadRequest bad) {
      return new Planned.Refused(Translated.refusal(bad));
    }
  }

  private Optional<Refusal> objection(String asked, Targets.Target target) {
    var unreachable = target.provider().unreachable(exchange.snapshot().way());
    if (unreachable.isPresent()) {
      return unreachable.map(Refusal::unreachable);
    }
    return exchange.grant().allows(target.provider().slug(), target.model())
        ? Optional.empty()
        : Optional.of(Refusal.forbidden("This gateway key may not use " + asked + "."));
  }

  private static Planned refused(String why) {
    return new Planned.Refused(Refusal.invalid(why));
  }
}
