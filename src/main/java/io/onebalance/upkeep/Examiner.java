package io.onebalance.upkeep;

import io.onebalance.http.Fields;
import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.pool.Slot;
import io.onebalance.proof.Notary;
import io.onebalance.proof.Proven;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Destination;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.provider.answer.Answer;
import io.onebalance.provider.answer.Opening;
import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.credential.Unfit;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Question;
import io.onebalance.upstream.call.Inquiry;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// Tests one key with one call, over the way that traffic takes, and lets the live pool learn what
/// is certain. Thread-safe.
public final class Examiner {
  private static final Verdict SERVED = new Verdict.Served();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// The rooms that may change with the settings.
  public record Roads(Supplier<Catalogue> catalogue, Supplier<Way> way) {}

  private final Roads roads;
  private final Pools pools;
  private final Inquiry inquiry;
  private final Notary notary;
  private final InstantSource clock;

  public Examiner(Roads roads, Pools pools, Inquiry inquiry, Notary notary, InstantSource clock) {
    this.roads = roads;
    this.pools = pools;
    this.inquiry = inquiry;
    this.notary = notary;
    this.clock = clock;
  }

  /// What was found of one key, scrubbed of the key.
  public record Examined(String keyId, Finding finding, Duration took) {}

  /// Tests a key, whatever state it is in. An empty model leaves the call to the catalogue.
  public Examined examine(String provider, String keyId, String model) {
    var known = roads.catalogue().get().find(provider);
    if (known.isEmpty()) {
      return untested(keyId, "the catalogue has no provider " + provider);
    }
    var call = TestCall.of(known.get(), model);
    if (call.isEmpty()) {
      return untested(keyId, "how to test a key of " + provider + " is not known");
    }
    return slot(provider, keyId, call.get())
        .map(slot -> new Trial(known.get(), call.get(), slot).run())
        .orElseGet(() -> untested(keyId, "the key is not in the pool"));
  }

  private Optional<Slot> slot(String provider, String keyId, TestCall call) {
    return pools
        .known(provider)
        .flatMap(pool -> pool.slotForTest(keyId, call.model(), clock.instant()));
  }

  private static Examined untested(String keyId, String why) {
    return new Examined(keyId, new Finding.Unknown(why), Duration.ZERO);
  }

  /// One test under way. The slot is settled on every way.
  private final class Trial {
    private final Provider provider;
    private final TestCall test;
    private final Slot slot;
    private final Way way = roads.way().get();
    private final Instant began = clock.instant();

    Trial(Provider provider, TestCall test, Slot slot) {
      this.provider = provider;
      this.test = test;
      this.slot = slot;
    }

    Examined run() {
      var outcome = (Outcome) new Outcome.Abandoned();
      try {
        var verdict = verdict();
        outcome = lesson(verdict);
        return examined(Finding.of(verdict, test.isProbe()));
      } catch (IllegalPath wrong) {
        return examined(
            new Finding.Unknown("the model cannot be asked for: " + wrong.getMessage()));
      } finally {
        slot.settle(outcome, clock.instant());
      }
    }

    private Examined examined(Finding finding) {
      return new Examined(
          slot.key().id(), finding.scrubbed(provider.secrets(slot.key().secret())), took());
    }

    private Verdict verdict() {
      try {
        return switch (proven()) {
          case Proven.Refused(var verdict) -> verdict;
          case Proven.Ready(var to, _) -> verdict(to, inquiry.ask(question(to)));
        };
      } catch (Unfit unfit) {
        return new Verdict.Dead(Reason.INVALID + ": " + unfit.getMessage());
      }
    }

    private Proven proven() {
      var call = test.call();
      var to = provider.destination(way, call.path(), call.query(), slot.key().secret());
      return notary.prove(to, call.method(), call.body().getBytes(StandardCharsets.UTF_8)).join();
    }

    private Question question(Destination to) {
      var call = test.call();
      var body = new Body.Kept(Buffer.buffer(call.body()));
      var method = HttpMethod.valueOf(call.method());
      return new Question(
          to.origin(), method, to.target(), fields -> head(to, fields), body, PATIENCE);
    }

    private void head(Destination to, MultiMap fields) {
      to.defaults().forEach(field -> fields.set(field.name(), field.value()));
      to.headers().forEach(field -> fields.set(field.name(), field.value()));
      fields.set(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      if (!test.call().body().isEmpty()) {
        fields.set(HttpHeaders.CONTENT_TYPE, "application/json");
      }
    }

    private Verdict verdict(Destination to, Inquiry.Result result) {
      return switch (result) {
        case Inquiry.Result.Unanswered(var why) -> new Verdict.Faulted(why);
        case Inquiry.Result.Answered answered -> {
          var answer = answer(to, answered);
          yield answered.status() / 100 == 2
              ? provider.judgeOpening(opening(to, answered), clock.instant()).orElse(SERVED)
              : shown(provider.judge(answer, clock.instant()));
        }
      };
    }

    /// A model that thought and came to no answer has served this key, which is all that is asked.
    private static Verdict shown(Verdict verdict) {
      return verdict.equals(Verdict.Mistaken.UNFINISHED) ? SERVED : verdict;
    }

    private Answer answer(Destination to, Inquiry.Result.Answered answered) {
      Fields fields = answered.headers()::get;
      return new Answer(
          answered.status(), fields, answered.body(), to.viaGateway(), test.call().path());
    }

    private Opening opening(Destination to, Inquiry.Result.Answered answered) {
      var type = answered.headers().get(HttpHeaders.CONTENT_TYPE);
      var body = answered.body();
      var fits = body.length <= Opening.ENOUGH;
      return new Opening(
          answered.status(),
          type == null ? "" : type,
          fits ? body : Arrays.copyOf(body, Opening.ENOUGH),
          fits && answered.whole(),
          to.viaGateway());
    }

    private Outcome lesson(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Mistaken _ when test.isProbe() -> judged(SERVED);
        case Verdict.NoAccess _ when test.isProbe() -> new Outcome.Abandoned();
        // Nobody would be there to convict or to acquit the key.
        case Verdict.Doubted _, Verdict.Unpermitted _ -> new Outcome.Abandoned();
        case Verdict.Served _,
            Verdict.Mistaken _,
            Verdict.Dead _,
            Verdict.NoAccess _,
            Verdict.Limited _,
            Verdict.Exhausted _,
            Verdict.Overloaded _,
            Verdict.Faulted _,
            Verdict.Astray _ ->
            judged(verdict);
      };
    }

    private Outcome judged(Verdict verdict) {
      return new Outcome.Judged(verdict, took());
    }

    private Duration took() {
      return Duration.between(began, clock.instant());
    }
  }
}
