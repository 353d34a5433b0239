package io.onebalance.relay;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Outcome;
import io.onebalance.provider.Verdict;
import io.onebalance.upstream.Wheel;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.InstantSource;

/// Tells the client how the asking ended.
final class Answering {
  private static final String ATTEMPTS = "x-one-balance-attempts";
  private static final String KEY = "x-one-balance-key";
  private static final String EXPLAIN = "x-one-balance-explain";
  private static final String WHY = "x-one-balance-why";

  private final Wheel wheel;
  private final InstantSource clock;

  Answering(Wheel wheel, InstantSource clock) {
    this.wheel = wheel;
    this.clock = clock;
  }

  /// The future is complete when the client has all of the answer, or has left.
  Future<Void> tell(Client client, Ask ask, Asked asked, Snapshot snapshot) {
    var attempts = asked.trail().attempts();
    return switch (asked.ending()) {
      case Ending.Opened opened -> pass(client, ask, asked, opened, snapshot);
      case Ending.Theirs(var answer) -> send(client, answer, attempts + 1, asked);
      case Ending.Failed(var answer) -> send(client, answer, attempts, asked);
      case Ending.Exhausted(var refusal) -> refuse(client, refusal, asked);
      case Ending.Abandoned() -> client.response().reset();
    };
  }

  private Future<Void> pass(
      Client client, Ask ask, Asked asked, Ending.Opened opened, Snapshot snapshot) {
    var response = client.response();
    var upstream = opened.response();
    response.setStatusCode(upstream.statusCode());
    Incoming.copy(upstream.headers(), response.headers(), opened.slot().key().secret());
    sign(client, opened.slot().key(), asked.trail().attempts() + 1, asked.trail());
    makings.note(asked.errand(), opened, client, snapshot.way());
    if (asked.errand().traits().filtered()) {
      return list(client, ask, asked, opened, snapshot);
    }
    if (opened.whole()) {
      settle(opened, new Verdict.Served());
      return sendWhole(response, opened.start());
    }
    frame(client, upstream.headers());
    if (opened.start().length() > 0) {
      response.write(opened.start());
    }
    return Pump.carry(upstream, response, client.departure(), wheel, snapshot.patience().idle())
        .compose(flow -> ended(client, opened, flow));
  }

  private static void sendWhole(HttpServerResponse response, Buffer body) {
    response.headers().remove(HttpHeaders.CONTENT_LENGTH);
    response.end(body);
  }

  /// Says how the body's end will be known: by its length where the upstream told it, else by chunks.
  private static void frame(Client client, MultiMap upstream) {
    var status = client.response().getStatusCode();
    if (!upstream.contains(HttpHeaders.CONTENT_LENGTH) && status != 204 && status != 304) {
      client.response().setChunked(true);
    }
  }

  private void ended(Client client, Ending.Opened opened, Pump.Flow flow) {
    switch (flow) {
      case WHOLE -> {
        client.response().end();
        settle(opened, new Verdict.Served());
      }
      case LEFT -> {
        opened.response().request().reset();
        settle(opened, new Verdict.Served());
      }
      case BROKEN -> cut(client, opened, "the provider broke off");
      case STALLED -> {
        opened.response().request().reset();
        cut(client, opened, "the provider fell silent");
      }
    }
  }

  /// A cut answer never ends cleanly: an end would pass for a whole answer. A stream says first what
  /// happened, in the client's dialect (F4).
  private void cut(Client client, Ending.Opened opened, String why) {
    settle(opened, new Verdict.Faulted(why));
    var response = client.response();
    var type = response.headers().get(HttpHeaders.CONTENT_TYPE);
    if (type != null && type.startsWith("text/event-stream")) {
      var refusal = Refusal.failed("The answer was cut off: " + why + ".");
      response
          .write(RefusalText.event(refusal, client.shape(), client.id()))
          .onComplete(_ -> response.reset());
    } else {
      response.reset();
    }
  }

  private static void send(Client client, Declined answer, int attempts, Asked asked) {
    var response = client.response();
    response.setStatusCode(answer.status());
    Incoming.copy(answer.headers(), response.headers(), answer.key().secret());
    sign(client, answer.key(), attempts, asked.trail());
    sendWhole(response, answer.body());
  }

  private static void refuse(Client client, Refusal refusal, Asked asked) {
    client.response().putHeader(ATTEMPTS, Integer.toString(asked.trail().attempts()));
    explain(client, asked.trail(), refusal.message());
    client.refuse(refusal);
  }

  private static void sign(Client client, ApiKey key, int attempts, Trail trail) {
    client.response().putHeader(ATTEMPTS, Integer.toString(attempts)).putHeader(KEY, key.id());
    explain(client, trail, "answered by " + key.secret().masked());
  }

  private static void explain(Client client, Trail trail, String last) {
    if ("1".equals(client.request().getHeader(EXPLAIN))) {
      var story = trail.story();
      client.response().putHeader(WHY, visible(story.isEmpty() ? last : story + "; " + last));
    }
  }

  /// Header values are visible ASCII; anything else becomes a question mark.
  private static String visible(String text) {
    return text.replace("…", "...").replaceAll("[^\\x20-\\x7e]", "?");
  }

  private void settle(Ending.Opened opened, Verdict verdict) {
    opened.slot().settle(new Outcome.Judged(verdict, opened.latency()), clock.instant());
  }
}
