package io.onebalance.relay.cache;

import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.rules.CacheRules;
import io.onebalance.relay.plan.errand.Errand;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks for a remembered answer before anybody is asked, and has the answer heard where there is
/// none. Two that ask the same at once are both asked for: nobody waits for another's answer.
///
/// Thread-safe.
public final class Caching {
  private static final String STATUS = "x-one-balance-cache";
  private static final String CLOUDFLARES = "cf-aig-cache-status";

  private final Answers answers;

  public Caching(Answers answers) {
    this.answers = answers;
  }

  /// The remembered answer, if the request may have one and there is one.
  public Optional<Hit> look(Exchange exchange, List<Errand> errands) {
    var rules = exchange.snapshot().cache();
    return rules.isEmpty() ? Optional.empty() : look(exchange, errands, rules.get());
  }

  private Optional<Hit> look(Exchange exchange, List<Errand> errands, CacheRules rules) {
    var atCloudflare = errands.getFirst().provider().viaGateway(exchange.snapshot().way());
    var wish = Wish.of(exchange.headers(), atCloudflare);
    if (wish.skip()
        || !(wish.asksForIt() || isNamed(exchange, errands, rules))
        || !Rememberable.is(exchange, errands)) {
      return Optional.empty();
    }
    var question = Question.of(exchange, errands, wish.key(), rules.shared());
    var found = answers.find(question);
    say(exchange, found.isPresent() ? "HIT" : "MISS", atCloudflare);
    if (found.isEmpty()) {
      hear(exchange, question, wish.ttl().orElse(rules.ttl()));
    }
    return found.map(answer -> hit(exchange, answer));
  }

  /// By the name that the client wrote, or by the provider's.
  private static boolean isNamed(Exchange exchange, List<Errand> errands, CacheRules rules) {
    var first = errands.getFirst();
    return rules.names(first.provider().slug() + "/" + first.model())
        || rules.names(exchange.client().draft().model());
  }

  /// Where a gateway is asked, its own word about its cache goes to the client.
  private static void say(Exchange exchange, String status, boolean atCloudflare) {
    var response = exchange.client().response();
    response.putHeader(STATUS, status);
    if (!atCloudflare) {
      response.putHeader(CLOUDFLARES, status);
    }
  }

  private void hear(Exchange exchange, Question question, Duration ttl) {
    var client = exchange.client();
    client.witness(
        new Hearing(
            client.response(),
            answers.share(client),
            answers.longest(),
            heard -> answers.remember(question, heard.from(client.draft().served(), ttl))));
  }

  private static Hit hit(Exchange exchange, Answer answer) {
    exchange.client().draft().remembered(answer.provider(), answer.model());
    var response = exchange.client().response();
    response.setStatusCode(200);
    answer.fields().forEach(field -> response.putHeader(field.name(), field.value()));
    response.putHeader("x-one-balance-attempts", "0");
    return answer.isStream()
        ? new Hit.Stream(new Pieces(answer))
        : new Hit.Whole(Buffer.buffer(answer.bytes()));
  }
}
