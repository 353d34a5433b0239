package io.onebalance.relay.calls;

import io.onebalance.dialect.UnreadableAnswer;
import io.onebalance.dialect.json.Json;
import io.onebalance.relay.ask.Asked;
import io.onebalance.relay.ask.Failover;
import io.onebalance.relay.ask.once.Ending;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.relay.exchange.Exchange;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.relay.plan.errand.Planned;
import io.onebalance.relay.tell.Answering;
import io.onebalance.relay.tell.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Answers requests that a provider takes in parts: each part has a failover of its own, and the
/// first that fails ends the request. Belongs to one event loop.
public final class Parts {
  private final Failover failover;
  private final Answering answering;

  public Parts(Failover failover, Answering answering) {
    this.failover = failover;
    this.answering = answering;
  }

  /// Tries one batch after the other until one succeeds.
  public Future<Void> answer(Exchange exchange, List<Planned.Batch> batches) {
    var run = new Run(exchange, batches, 0);
    run.next();
    return run.done.future();
  }

  /// One batch on its way. Each part starts the next and is over: there may be thousands.
  private final class Run {
    private final Exchange exchange;
    private final Planned.Batch batch;
    private final List<Planned.Batch> others;
    private final List<Buffer> answers = new ArrayList<>();
    private final Promise<Void> done = Promise.promise();
    private int attempts;

    Run(Exchange exchange, List<Planned.Batch> batches, int attempts) {
      this.exchange = exchange;
      this.batch = batches.getFirst();
      this.others = batches.subList(1, batches.size());
      this.attempts = attempts;
    }

    void next() {
      var client = exchange.client();
      var errand = batch.errands().get(answers.size());
      var journey =
          new Journey(
              client.draft(), errand, client.departure(), exchange.snapshot(), exchange.deadline());
      failover
          .ask(journey)
          .<Void>map(asked -> {
            follow(asked.after(attempts));
            return null;
          })
          .onFailure(done::tryFail);
    }

    private void follow(Asked asked) {
      switch (asked.ending()) {
        case Ending.Opened opened ->
            answering
                .take(exchange, opened)
                .<Void>map(taken -> {
                  took(asked, taken);
                  return null;
                })
                .onFailure(done::tryFail);
        case Ending.Failed _, Ending.Exhausted _ when !others.isEmpty() -> {
          var run = new Run(exchange, others, asked.attempts());
          run.next();
          run.done.future().onComplete(done);
        }
        case Ending.Failed _, Ending.Exhausted _, Ending.Theirs _, Ending.Abandoned _ ->
            answering.tell(exchange, asked).onComplete(done);
      }
    }

    private void took(Asked asked, Taken taken) {
      switch (taken) {
        case Taken.Whole(var bytes) -> {
          attempts = asked.attempts();
          answers.add(bytes);
          if (answers.size() < batch.errands().size()) {
            next();
          } else {
            join(asked).onComplete(done);
          }
        }
        case Taken.Refused(var refusal) -> refuse(refusal).onComplete(done);
        case Taken.Left() -> done.complete();
      }
    }

    /// Vectors are long, so they are read and written on a worker.
    private Future<Void> join(Asked asked) {
      return Objects.requireNonNull(Vertx.currentContext(), "an event loop")
          .executeBlocking(this::joined, false)
          .map(Objects::requireNonNull)
          .<Void>map(json -> {
            Answering.tell(exchange, asked, batch.written().dropped(), json);
            return null;
          })
          .recover(failure ->
              failure instanceof UnreadableAnswer
                  ? refuse(Refusal.failed("The provider's answer " + failure.getMessage() + "."))
                  : Future.failedFuture(failure));
    }

    private byte[] joined() {
      var read =
          answers.stream()
              .map(bytes ->
                  Json.read(bytes.getBytes()).orElseThrow(() -> new UnreadableAnswer("is no JSON")))
              .toList();
      return Json.bytes(batch.written().joined().apply(read));
    }

    private Future<Void> refuse(Refusal refusal) {
      exchange.client().refuse(refusal);
      return Future.succeededFuture();
    }
  }
}
