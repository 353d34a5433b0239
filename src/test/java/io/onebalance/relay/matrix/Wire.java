package io.onebalance.relay.matrix;

import io.onebalance.upstream.Caller;
import io.onebalance.upstream.Departure;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.Reply;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The way to all pretended providers. Notes every attempt, and keys that go where they do not
/// belong.
final class Wire implements Caller {
  /// What was asked, and how it went: `told` is when the one who asked had all of the answer.
  static final class Attempt {
    final PretendClient client;
    final PretendKey key;
    final Shape shape;
    final Instant at;
    Instant told = Instant.MAX;

    Attempt(PretendClient client, PretendKey key, Shape shape, Instant at) {
      this.client = client;
      this.key = key;
      this.shape = shape;
      this.at = at;
    }
  }

  private final VirtualTime time;
  private final SplittableRandom chance;
  private final Map<String, Upstream> byHost;
  private final List<PretendClient> clients;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<PretendResponse> answers = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  Wire(
      VirtualTime time,
      SplittableRandom chance,
      Map<String, Upstream> byHost,
      List<PretendClient> clients) {
    this.time = time;
    this.chance = chance;
    this.byHost = byHost;
    this.clients = clients;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  /// Answers that nobody read to their end or called off.
  long open() {
    return answers.stream().filter(answer -> !answer.isOver()).count();
  }

  List<String> broken() {
    return broken;
  }

  @Override
  public Future<Reply> ask(Question question, Departure departure) {
    var fields = MultiMap.caseInsensitiveMultiMap();
    question.headers().accept(fields);
    var upstream = Objects.requireNonNull(byHost.get(question.origin().host()));
    var client =
        clients.get(Integer.parseInt(Objects.requireNonNull(fields.get(PretendClient.FIELD))));
    var key = key(upstream, fields.toString() + question.target());
    var attempt =
        new Attempt(client, key, upstream.meet(key, client, time.instant()), time.instant());
    attempts.add(attempt);
    return new Call(question, departure, attempt).begin();
  }

  /// The key that a question carries; every key that is not the provider's own is noted (S12).
  private PretendKey key(Upstream upstream, String carried) {
    @Nullable PretendKey own = null;
    for (var other : byHost.values()) {
      for (var key : other.keys()) {
        if (carried.contains(key.id())) {
          if (other == upstream) {
            own = key;
          } else {
            broken.add("S12: " + key.id() + " went to " + upstream.slug());
          }
        }
      }
    }
    if (own == null) {
      throw new IllegalStateException("no key of " + upstream.slug() + " was sent");
    }
    return own;
  }

  private final class Call {
    private final Question question;
    private final Departure departure;
    private final Attempt attempt;
    private final Promise<Reply> reply = Promise.promise();
    private Runnable patience = () -> {};
    private Runnable arrival = () -> {};

    Call(Question question, Departure departure, Attempt attempt) {
      this.question = question;
      this.departure = departure;
      this.attempt = attempt;
    }

    Future<Reply> begin() {
      departure.stops(() -> end(new Reply.CalledOff()));
      if (!reply.future().isComplete()) {
        patience = time.after(question.patience(), () -> end(new Reply.Silent()));
        arrival = time.after(Duration.ofMillis(1 + chance.nextInt(400)), this::arrive);
      }
      return reply.future();
    }

    private void arrive() {
      switch (attempt.shape) {
        case Shape.Fails(_, var how) -> end(how);
        case Shape.Silence() -> {
          // until patience ends
        }
        case Shape.Answers answer -> begin(answer);
      }
    }

    private void begin(Shape.Answers answer) {
      var response = new PretendResponse(answer.status(), question.method());
      for (var field : answer.fields()) {
        var colon = field.indexOf(": ");
        response.headers().add(field.substring(0, colon), field.substring(colon + 2));
      }
      answers.add(response);
      end(new Reply.Answered(response));
      send(response, answer);
    }

    /// In up to four pieces, the first of them with the head.
    private void send(PretendResponse response, Shape.Answers answer) {
      var bytes = answer.body().slice(0, (int) (answer.body().length() * answer.share()));
      var delay = Duration.ZERO;
      for (var from = 0; from < bytes.length(); ) {
        var to = Math.min(bytes.length(), from + 1 + chance.nextInt(1 + bytes.length() / 2));
        var piece = Buffer.buffer(bytes.getBytes(from, to));
        time.after(delay, () -> response.comes(piece));
        delay = delay.plusMillis(chance.nextInt(300));
        from = to;
      }
      switch (answer.end()) {
        case WHOLE ->
            time.after(
                delay,
                () -> {
                  attempt.told = response.isOver() ? Instant.MAX : time.instant();
                  response.ends();
                });
        case BROKEN -> time.after(delay, response::breaks);
        case NOTHING -> {
          // it hangs
        }
      }
    }

    private void end(Reply how) {
      if (reply.future().isComplete()) {
        return;
      }
      patience.run();
      arrival.run();
      departure.stopsNothing();
      reply.complete(how);
    }
  }
}
