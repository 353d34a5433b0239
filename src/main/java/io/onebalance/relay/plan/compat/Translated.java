package io.onebalance.relay.plan.compat;

import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.relay.plan.errand.Message;
import io.onebalance.relay.plan.memory.Belongings;
import io.onebalance.relay.translate.Concession;
import io.onebalance.relay.translate.Interpreted;
import io.onebalance.upstream.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What all translated requests have in common. The client's own fields stop here.
final class Translated {
  private Translated() {}

  /// What the client wrote.
  ///
  /// @throws BadRequest where it is no JSON
  static JsonNode read(byte[] bytes) {
    return Json.read(bytes).orElseThrow(() -> new BadRequest("body", "is no JSON"));
  }

  /// A body of which only the beginning is kept cannot be translated.
  static Optional<Refusal> notWhole(Exchange exchange) {
    return exchange.body() instanceof Body.Kept
        ? Optional.empty()
        : Optional.of(Refusal.notTranslatable(exchange.snapshot().body().replay()));
  }

  /// What is wrong with a body, by the code that its client acts on where there is one.
  static Refusal refusal(BadRequest bad) {
    return Refusal.of(400, bad.code().orElse("invalid_request"), String.valueOf(bad.getMessage()));
  }

  static Errand errand(
      Targets.Target target,
      Interpreted translated,
      Belongings belongings,
      Function<Concession, Optional<Errand>> modestly) {
    var body = Json.bytes(translated.body());
    var slug = target.provider().slug();
    return new Errand(
        target.provider(),
        target.model(),
        message(translated, body),
        new Errand.Traits(translated.stream(), true, Errand.Shown.AS_IT_CAME),
        belongings.ownerOf(slug, translated.path(), translated.query(), body),
        Optional.of(translated.back()),
        modestly);
  }

  private static Message message(Interpreted translated, byte[] body) {
    var headers = HttpHeaders.headers();
    headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
    headers.set(HttpHeaders.ACCEPT, translated.stream() ? "text/event-stream" : "application/json");
    var kept = new Body.Kept(Buffer.buffer(body));
    return new Message(HttpMethod.POST, translated.path(), translated.query(), headers, kept);
  }
}
