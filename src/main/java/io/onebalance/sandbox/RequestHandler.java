package io.onebalance.sandbox;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Conversation;
import io.onebalance.sandbox.answer.Credentials;
import io.onebalance.sandbox.answer.Heard;
import io.onebalance.sandbox.answer.Stored;
import io.onebalance.sandbox.quota.Bill;
import io.onebalance.sandbox.quota.Quotas;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Script;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receives requests, notes them, and lets the right pretender answer as the script wants it.
/// Thread-safe: its parts are.
final class RequestHandler {
  /// How much of a body is kept; what comes after is counted only.
  private static final int KEPT_BODY = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

  private final Vertx vertx;
  private final Script script;
  private final Seen seen;
  private final InstantSource clock;
  private final Quotas quotas = new Quotas();
  private final Stored stored = new Stored();
  private final AtomicLong requests = new AtomicLong();

  RequestHandler(Vertx vertx, Script script, Seen seen, InstantSource clock) {
    this.vertx = vertx;
    this.script = script;
    this.seen = seen;
    this.clock = clock;
  }

  void receive(HttpServerRequest request) {
    if (PresetAnswers.answers(request)) {
      return;
    }
    if (Talk.isAsked(request)) {
      answer(request, heard(request, new byte[0], 0));
      return;
    }
    var body = Buffer.buffer();
    var length = new AtomicLong();
    request.handler(bytes -> {
      length.addAndGet(bytes.length());
      if (body.length() + bytes.length() <= KEPT_BODY) {
        body.appendBuffer(bytes);
      }
    });
    request.endHandler(_ -> answer(request, heard(request, body.getBytes(), length.get())));
  }

  /// A fault of the sandbox itself must not pass for a silent provider.
  private void answer(HttpServerRequest request, Heard heard) {
    try {
      play(request, heard);
    } catch (RuntimeException ours) {
      LOG.error("the sandbox itself failed at {}", heard, ours);
      request.response().setStatusCode(500).end("the sandbox itself failed: " + ours);
    }
  }

  private Heard heard(HttpServerRequest request, byte[] body, long length) {
    var headers =
        request.headers().entries().stream()
            .map(field -> Map.entry(field.getKey(), field.getValue()))
            .toList();
    return new Heard(
        requests.incrementAndGet(),
        clock.instant(),
        request.method().name(),
        request.uri(),
        headers,
        body,
        length);
  }

  private void play(HttpServerRequest request, Heard heard) {
    var place = Places.of(heard);
    if (place.isEmpty()) {
      Page.show(request, script.behaviours());
      return;
    }
    var ask = Ask.of(heard, place.get(), new Ask.Props(stored, script.pace().tokensPerPiece()));
    var ending = new CompletableFuture<Asked.Ended>();
    seen.add(new Asked(heard, ask.key(), ask.model(), ending));
    Consumer<Ending> ended = how -> ending.complete(new Asked.Ended(how, clock.instant()));
    var conversation =
        Talk.isAsked(request)
            ? ask.place().pretender().converse(ask)
            : Optional.<Conversation>empty();
    conversation.ifPresentOrElse(
        talk -> play(request, ask, talk, ended),
        () -> AnswerWriter.begin(vertx, request, steps(ask), ended));
  }

  /// A conversation begins only where all goes well; anything else is an answer like others.
  private void play(HttpServerRequest request, Ask ask, Conversation talk, Consumer<Ending> ended) {
    var fault = refusal(ask).<Fault>map(Fault.Refuses::new).orElseGet(() -> script.next(ask));
    if (fault instanceof Fault.Well) {
      Talk.begin(request, talk, ended);
    } else {
      AnswerWriter.begin(vertx, request, steps(ask, Bill.FREE, fault), ended);
    }
  }

  private List<Step> steps(Ask ask) {
    return refusal(ask)
        .map(complaint -> steps(ask, Bill.FREE, new Fault.Refuses(complaint)))
        .orElseGet(() -> played(ask, script.next(ask)));
  }

  /// Why this key would not even be heard. The address of an upload stands for its key.
  private Optional<Complaint> refusal(Ask ask) {
    if (ask.path().startsWith("/upload/") && !ask.query("upload_id").isEmpty()) {
      return Optional.empty();
    }
    var credentials = Credentials.in(ask);
    return credentials.complaint().isPresent() || script.knows(credentials.key())
        ? credentials.complaint()
        : Optional.of(Complaint.Plain.INVALID_KEY);
  }

  /// A request that is refused anyway costs nothing.
  private List<Step> played(Ask ask, Fault fault) {
    var bill = fault instanceof Fault.Refuses ? Bill.FREE : billed(ask);
    return bill.exceeded().isEmpty()
        ? steps(ask, bill, fault)
        : steps(ask, bill, new Fault.Refuses(new Complaint.Limited(bill.exceeded())));
  }

  private Bill billed(Ask ask) {
    if (!ask.spends()) {
      return Bill.FREE;
    }
    var refill = ask.place().pretender().refill();
    var owner = script.projectOf(ask.key());
    var account =
        new Quotas.Account(owner, ask.model(), script.quota(ask), refill, script.windows());
    return quotas.take(account, ask.tokens(), ask.now());
  }

  private List<Step> steps(Ask ask, Bill bill, Fault fault) {
    return new StepPlan(ask, bill, script.pace()).steps(fault);
  }
}
