package io.onebalance.relay.exchange.note;

import io.onebalance.key.why.Why;
import io.onebalance.key.why.Whys;
import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import io.onebalance.ledger.price.Prices;
import io.onebalance.ledger.usage.Meter;
import io.onebalance.secret.Secret;
import io.onebalance.upstream.Bytes;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is noted of one request on its way, until it is closed and told to the ledger: once, before
/// the client has the last byte. What is noted later is not told. Belongs to one event loop.
public final class Draft {
  private static final int MOST_REASONS = 2048;

  private final Drafts drafts;
  private final String id;
  private final Instant at;
  private Entry.Kind kind;
  private String gatewayKey = "";
  private @Nullable Prices prices;
  private String model = "";
  private boolean stream;
  private Entry.Served served = Entry.Served.NOBODY;
  private @Nullable List<Entry.Attempt> attempts;
  private int attempted;
  private Duration firstByte = Duration.ZERO;
  private List<String> dropped = List.of();
  private @Nullable Buffer question;
  private @Nullable Meter meter;
  private @Nullable MultiMap head;
  private @Nullable Bodies bodies;
  private Tokens earlier = Tokens.NONE;
  private @Nullable List<Why> whys;
  private boolean explained;
  private boolean brief;
  private boolean closed;

  Draft(Drafts drafts, String id, Instant at, Entry.Kind kind) {
    this.drafts = drafts;
    this.id = id;
    this.at = at;
    this.kind = kind;
  }

  public String id() {
    return id;
  }

  /// One for what is asked beside the request; it is never told.
  public Draft aside() {
    var aside = new Draft(drafts, id, at, Entry.Kind.MODELS);
    aside.drop();
    return aside;
  }

  /// This is nothing that the ledger should hear of.
  public void drop() {
    closed = true;
  }

  /// One of many alike, which needs no row in the request log.
  public void isOneOfMany() {
    brief = true;
  }

  public void admitted(String gatewayKey, Prices prices) {
    this.gatewayKey = gatewayKey;
    this.prices = prices;
  }

  /// The client wants to be told why each key was chosen.
  public void wantsReasons() {
    explained = true;
  }

  public boolean isExplained() {
    return explained;
  }

  /// Why a key was chosen.
  public void because(Why why) {
    whys = whys == null ? new ArrayList<>(1) : whys;
    if (whys.size() < Whys.CHOICES) {
      whys.add(why);
    }
  }

  /// Why each key was chosen, in words, as far as a field of an answer holds them.
  public String reasons() {
    var words = new StringJoiner(" | ");
    for (var why : whys == null ? List.<Why>of() : whys) {
      if (words.length() < MOST_REASONS) {
        words.add(why.words());
      }
    }
    return words.toString();
  }

  /// The name of the gateway key that asks.
  public String caller() {
    return gatewayKey;
  }

  /// What is asked and answered goes to the log.
  public void logsBodies() {
    bodies = new Bodies();
  }

  /// The request turns out to be a WebSocket.
  public void isSocket() {
    kind = Entry.Kind.SOCKET;
  }

  /// What is known of the request's body.
  public void asks(Buffer known) {
    question = known;
  }

  /// The model as the client wrote it, and whether it wants the answer piece by piece.
  public void wants(String model, boolean stream) {
    this.model = model;
    this.stream = stream;
  }

  /// A name of a model as it may be kept: a key that somebody sent in its place is not in it (S1).
  public String kept(String name) {
    return drafts.clean(name);
  }

  /// The name of the model as the client wrote it, empty where the request has none.
  public String model() {
    return model;
  }

  /// Who answered, or was asked last.
  public Entry.Served served() {
    return served;
  }

  /// The answer comes from memory: nobody is asked, no tokens are used, nothing is paid.
  public void remembered(String provider, String model) {
    served = new Entry.Served(provider, model, "", Entry.Route.CACHE);
    firstByte = since(at);
  }

  public void drops(List<String> names) {
    dropped = names;
  }

  /// Somebody was asked, from `began` until now.
  public void attempted(Entry.Served served, String verdict, Instant began) {
    if (closed) {
      return;
    }
    this.served = served;
    note(served, verdict, began);
  }

  /// Somebody was asked beside the one who answers, and called off.
  public void overtaken(Entry.Served other, Instant began) {
    if (!closed) {
      note(other, "overtaken", began);
    }
  }

  private void note(Entry.Served served, String verdict, Instant began) {
    attempted++;
    var all = attempts == null ? new ArrayList<Entry.Attempt>(2) : attempts;
    attempts = all;
    if (all.size() == Entry.MOST_ATTEMPTS) {
      all.removeFirst();
    }
    all.add(
        new Entry.Attempt(
            served.provider(), served.keyId(), verdict, between(at, began), since(began)));
  }

  private Duration since(Instant began) {
    return between(began, drafts.now());
  }

  /// Where the clock was set back meanwhile, nothing is told to have taken less than no time.
  private static Duration between(Instant from, Instant to) {
    return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
  }

  /// An answer begins. Only one that was made for this request is counted, none that is fetched
  /// again.
  public void begins(MultiMap fields, boolean isMade) {
    if (firstByte.isZero()) {
      firstByte = since(at);
    }
    earlier = tokens(true);
    head = fields;
    meter = isMade && mayHaveTokens() ? Meter.of(fields.get(HttpHeaders.CONTENT_TYPE)) : null;
  }

  private boolean mayHaveTokens() {
    return switch (kind) {
      case CHAT, RESPONSES, MESSAGES, GENERATE, EMBEDDINGS, NATIVE -> true;
      case COUNT, MODELS, SOCKET -> false;
    };
  }

  /// What the answer that begins may hold and nobody must see.
  public void guards(Supplier<Secret[]> secrets) {
    if (bodies != null) {
      bodies.guards(secrets);
    }
  }

  /// The body of a refusal that the provider wrote, without secrets.
  public void refused(Buffer body) {
    if (bodies != null) {
      bodies.answers(body);
    }
  }

  /// Tokens of a turn in a live session, as the provider told them.
  public void uses(Tokens turn) {
    earlier = earlier.plus(turn);
  }

  /// Bytes of the answer on their way to the client.
  public void read(Buffer bytes) {
    if (bodies != null) {
      bodies.answers(bytes);
    }
    if (meter != null && meter.reads()) {
      meter.feed(Bytes.of(bytes), 0, bytes.length());
    }
  }

  /// The tokens of the answer that passes, as far as the provider has told them.
  public Optional<Tokens> told() {
    var now = meter == null ? Tokens.NONE : meter.tokens(true, () -> 0);
    return now.source() == Tokens.Source.TOLD ? Optional.of(now) : Optional.empty();
  }

  /// The request is over, with the status that the client hears, 0 where it heard none.
  public void close(int status, Entry.How how) {
    if (closed) {
      return;
    }
    closed = true;
    var tokens = used(how == Entry.How.WHOLE);
    if (whys != null) {
      drafts.explain(id, whys);
    }
    drafts.tell(
        new Entry(
            id,
            at,
            gatewayKey,
            new Entry.Asked(kind, model, stream),
            served,
            new Entry.Ending(status, how),
            new Entry.Times(firstByte, since(at)),
            tokens,
            cost(tokens),
            attempts == null ? List.of() : attempts,
            attempted,
            dropped),
        brief);
    if (bodies != null) {
      bodies.tell(id, question == null ? Buffer.buffer() : question);
    }
    question = null;
    meter = null;
    head = null;
    bodies = null;
    whys = null;
  }

  /// Vectors have no words from which anything could be estimated, and Google tells no tokens
  /// beside them: then what was asked is estimated.
  private Tokens used(boolean whole) {
    var tokens = tokens(whole);
    return kind == Entry.Kind.EMBEDDINGS && meter != null && tokens.source() == Tokens.Source.NONE
        ? new Tokens(estimate(), 0, 0, 0, 0, Tokens.Source.ESTIMATED)
        : tokens;
  }

  /// Those of all answers so far.
  private Tokens tokens(boolean whole) {
    if (meter == null) {
      return earlier;
    }
    if (head != null) {
      meter.head(head::get);
    }
    var last = meter.tokens(whole, this::estimate);
    return isGuess(last) ? earlier : earlier.plus(last);
  }

  /// Of a provider's own API nobody knows whether it is about tokens at all.
  private boolean isGuess(Tokens tokens) {
    return kind == Entry.Kind.NATIVE
        && tokens.source() == Tokens.Source.ESTIMATED
        && tokens.input() == 0;
  }

  private long estimate() {
    return question == null ? 0 : Meter.estimate(Bytes.of(question));
  }

  private Optional<Money> cost(Tokens tokens) {
    if (served.route() == Entry.Route.CACHE) {
      return Optional.of(Money.ZERO);
    }
    return prices == null ? Optional.empty() : prices.of(served.provider(), served.model(), tokens);
  }
}
