package io.onebalance.relay.ask.once;

import io.onebalance.http.Handshake;
import io.onebalance.key.Outcome;
import io.onebalance.key.pool.Slot;
import io.onebalance.proof.AccessToken;
import io.onebalance.proof.Notary;
import io.onebalance.proof.Proven;
import io.onebalance.provider.Destination;
import io.onebalance.provider.Way;
import io.onebalance.provider.answer.Reason;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.provider.auth.Proof;
import io.onebalance.provider.credential.Unfit;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.relay.exchange.HeaderFields;
import io.onebalance.relay.exchange.Refusal;
import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Caller;
import io.onebalance.upstream.Reply;
import io.onebalance.upstream.Wheel;
import io.onebalance.upstream.call.Cut;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Asks with one key, once, and says what came of it. The slot is settled on every way, but for an
/// answer that was opened: that one takes the slot along.
public final class Asking {
  private static final int NOT_MODIFIED = 304;
  private static final int UNAUTHORIZED = 401;

  private final Caller caller;
  private final Wheel wheel;
  private final Proving proving;
  private final InstantSource clock;

  public Asking(Caller caller, Wheel wheel, Notary notary, InstantSource clock) {
    this.caller = caller;
    this.wheel = wheel;
    this.proving = new Proving(notary, wheel);
    this.clock = clock;
  }

  /// `patience` is how long the beginning of the answer may take from `now` on.
  public Future<Attempt> ask(Journey journey, Slot slot, Duration patience, Instant now) {
    return new Try(journey, slot, patience, now).begin();
  }

  /// One attempt under way.
  private final class Try {
    private final Journey journey;
    private final Slot slot;
    private final Instant began;
    private final Instant deadline;
    private @Nullable HttpClientResponse heard;
    private @Nullable Destination to;
    private @Nullable AccessToken token;
    private boolean renewed;

    Try(Journey journey, Slot slot, Duration patience, Instant now) {
      this.journey = journey;
      this.slot = slot;
      this.began = now;
      this.deadline = now.plus(patience);
    }

    /// What breaks inside of this program is no key's fault; the place is given back.
    Future<Attempt> begin() {
      try {
        return addressed().onFailure(_ -> lost());
      } catch (Unfit unfit) {
        var dead = new Verdict.Dead(Reason.INVALID + ": " + unfit.getMessage());
        return refused(dead, new Trouble.Unreached(false));
      } catch (IllegalPath wrong) {
        return exhausted(Refusal.invalid(String.valueOf(wrong.getMessage())));
      } catch (RuntimeException | Error broken) {
        lost();
        return Future.failedFuture(broken);
      }
    }

    private Future<Attempt> addressed() {
      var message = journey.errand().message();
      var key = slot.key().secret();
      var address = journey.errand().provider().destination(way(), message.to(), key);
      to = address;
      return address.proof() instanceof Proof.None ? send(address) : proven(address);
    }

    private Future<Attempt> proven(Destination address) {
      var message = journey.errand().message();
      return proving
          .prove(address, message, journey.client(), left())
          .compose(waited ->
              switch (waited) {
                case Proving.Waited.Done(Proven.Ready(var proven, var exchanged)) -> {
                  token = exchanged.orElse(null);
                  yield send(proven);
                }
                case Proving.Waited.Done(Proven.Refused(var verdict)) ->
                    refused(verdict, new Trouble.Unreached(false));
                case Proving.Waited.NotWhole() ->
                    exhausted(Refusal.notWhole(journey.snapshot().body().replay()));
                case Proving.Waited.Unsignable(var why) -> exhausted(Refusal.invalid(why));
                case Proving.Waited.Late() ->
                    faulted("no access token in time", new Trouble.Unreached(true));
                case Proving.Waited.Left() -> abandoned();
              });
    }

    private Future<Attempt> send(Destination address) {
      var question = new Posed(journey, slot.key(), address).question(left());
      return caller.ask(question, journey.client()).compose(this::heard);
    }

    private Future<Attempt> heard(Reply reply) {
      return switch (reply) {
        case Reply.Answered(var response) -> answered(response);
        case Reply.CalledOff() -> abandoned();
        case Reply.Crowded(var why) -> crowded(why);
        case Reply.Unprocessed(var why) -> unheard(why);
        case Reply.Unreachable(var why, var slow) -> faulted(why, new Trouble.Unreached(slow));
        case Reply.Broken(var why) -> faulted(why, new Trouble.Unanswered(false));
        case Reply.Silent() -> faulted("no answer in time", new Trouble.Unanswered(true));
      };
    }

    private void lost() {
      settle(new Outcome.Abandoned());
      if (heard != null) {
        Cut.off(heard);
      }
    }

    private Future<Attempt> answered(HttpClientResponse response) {
      heard = response;
      var status = response.statusCode();
      if (status == Ending.Opened.SWITCHED && isAccepted(response)) {
        return opened(response, Buffer.buffer(), false);
      }
      if (status < 200) {
        Cut.off(response);
        return faulted("an upgrade that nobody asked for", new Trouble.Unanswered(false));
      }
      noteAllowances(response);
      if (!isAnswer(status)) {
        return read(response, Start.Until.END);
      }
      var look = Looks.until(response, journey.errand().traits());
      return look.isPresent()
          ? read(response, look.get())
          : opened(response, Buffer.buffer(), false);
    }

    private boolean isAccepted(HttpClientResponse response) {
      var message = journey.errand().message();
      return message.body() instanceof Body.Tunnel
          && Handshake.isAccepted(
              message.headers().get(Handshake.KEY), HeaderFields.of(response.headers()));
    }

    /// A refusal tells what is left of the key's limits as well as an answer does.
    private void noteAllowances(HttpClientResponse response) {
      var provider = journey.errand().provider();
      if (!provider.countsCached()) {
        slot.cachedIsFree();
      }
      if (provider.tellsAllowances()) {
        var now = clock.instant();
        var told = provider.allowances(HeaderFields.of(response.headers()), now);
        if (!told.isEmpty()) {
          slot.told(told, now);
        }
      }
    }

    private Future<Attempt> read(HttpClientResponse response, Start.Until until) {
      return Start.of(response, until, left(), wheel, journey.client())
          .compose(read ->
              switch (read) {
                case Start.Read.Enough(var bytes) -> begun(response, bytes, false);
                case Start.Read.Whole(var bytes) -> begun(response, bytes, true);
                case Start.Read.Broken(var why) -> faulted(why, new Trouble.Unanswered(false));
                case Start.Read.Silent() ->
                    faulted("no beginning in time", new Trouble.Unanswered(true));
                case Start.Read.Left() -> abandoned();
              });
    }

    private Future<Attempt> begun(HttpClientResponse response, Buffer bytes, boolean whole) {
      return isAnswer(response.statusCode())
          ? success(response, bytes, whole)
          : refusal(response, bytes, whole);
    }

    private Future<Attempt> success(HttpClientResponse response, Buffer bytes, boolean whole) {
      var wrong = meaning().ofSuccess(response, bytes, whole);
      if (wrong.isEmpty()) {
        return opened(response, bytes, whole);
      }
      if (!whole) {
        Cut.off(response);
      }
      return wrong.get() instanceof Verdict.Mistaken
          ? theirs(wrong.get(), mistake(response, bytes, whole))
          : refused(wrong.get(), new Trouble.Misspoken());
    }

    private Declined mistake(HttpClientResponse response, Buffer bytes, boolean whole) {
      var mistake = meaning().mistake(response, bytes, whole);
      var fields = MultiMap.caseInsensitiveMultiMap().addAll(response.headers());
      fields.set(HttpHeaders.CONTENT_TYPE, "application/json");
      return declined(mistake.status(), fields, mistake.document());
    }

    private Future<Attempt> refusal(HttpClientResponse response, Buffer bytes, boolean whole) {
      if (!whole) {
        Cut.off(response);
        return faulted("an endless refusal", new Trouble.Unanswered(false));
      }
      if (response.statusCode() == UNAUTHORIZED && mayRenew()) {
        return addressed();
      }
      var body = bytes.getBytes();
      var verdict = meaning().ofRefusal(response, body);
      var told = declined(response.statusCode(), fields(response), body);
      return switch (verdict) {
        case Verdict.Mistaken _ -> theirs(verdict, told);
        case Verdict other -> refused(other, new Trouble.Told(told));
      };
    }

    private Declined declined(int status, MultiMap fields, byte[] body) {
      var scrubbed = Buffer.buffer(Scrub.scrub(body, secrets()));
      return new Declined(slot.key(), status, fields, scrubbed, this::secrets);
    }

    private MultiMap fields(HttpClientResponse response) {
      var fields = response.headers();
      return to != null && fields.contains(HttpHeaders.LOCATION)
          ? new Onward(journey.errand(), to).led(fields, secrets())
          : fields;
    }

    /// Until somebody carries it, the answer is let go when the client leaves, or is told of what
    /// broke between here and there.
    private Future<Attempt> opened(HttpClientResponse response, Buffer start, boolean whole) {
      var opened = new Ending.Opened(slot, response, start, whole, latency(), this::secrets);
      journey.client().stops(() -> opened.letGo(clock.instant()));
      return done(opened);
    }

    private Future<Attempt> theirs(Verdict verdict, Declined told) {
      settle(new Outcome.Judged(verdict, latency()));
      return done(new Ending.Theirs(told));
    }

    private Future<Attempt> faulted(String why, Trouble trouble) {
      return refused(new Verdict.Faulted(why), trouble);
    }

    private Future<Attempt> exhausted(Refusal refusal) {
      settle(new Outcome.Unasked());
      return done(new Ending.Exhausted(refusal));
    }

    private Future<Attempt> refused(Verdict verdict, Trouble trouble) {
      settle(new Outcome.Judged(verdict, latency()));
      return done(new Attempt.Refused(slot.key(), verdict, trouble));
    }

    private Future<Attempt> unheard(String why) {
      settle(new Outcome.Unasked());
      return done(new Attempt.Unheard(slot.key(), why));
    }

    /// There is no room on our side: no other key would find any.
    private Future<Attempt> crowded(String why) {
      settle(new Outcome.Unasked());
      return done(new Ending.Exhausted(Refusal.overloaded("One Balance is busy: " + why + ".")));
    }

    private Future<Attempt> abandoned() {
      settle(new Outcome.Abandoned());
      return done(new Ending.Abandoned());
    }

    private void settle(Outcome outcome) {
      if (!slot.isSettled()) {
        slot.settle(outcome, clock.instant());
      }
    }

    /// A success, or what a conditional request asked to hear.
    private static boolean isAnswer(int status) {
      return (status >= 200 && status <= 299) || status == NOT_MODIFIED;
    }

    private Way way() {
      return journey.snapshot().way();
    }

    private Meaning meaning() {
      return new Meaning(journey.errand(), isViaGateway(), clock.instant());
    }

    private boolean isViaGateway() {
      return to != null && to.viaGateway();
    }

    /// A token may have ended before its time: it is fetched anew, once. What is refused then is
    /// the key itself.
    private boolean mayRenew() {
      if (renewed || token == null || to == null || !journey.errand().message().isReplayable()) {
        return false;
      }
      renewed = true;
      proving.notary().distrust(to, token);
      return true;
    }

    /// What must be taken out of whatever came back.
    private Secret[] secrets() {
      var known = journey.errand().provider().secrets(slot.key().secret());
      if (token == null) {
        return known;
      }
      var all = Arrays.copyOf(known, known.length + 1);
      all[known.length] = token.value();
      return all;
    }

    private Duration latency() {
      return Duration.between(began, clock.instant());
    }

    private Duration left() {
      return Duration.between(clock.instant(), deadline);
    }

    private static Future<Attempt> done(Attempt attempt) {
      return Future.succeededFuture(attempt);
    }
  }
}
