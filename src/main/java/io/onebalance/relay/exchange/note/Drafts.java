package io.onebalance.relay.exchange.note;

import io.onebalance.key.why.Why;
import io.onebalance.key.why.Whys;
import io.onebalance.ledger.Entry;
import io.onebalance.route.Call;
import io.onebalance.route.Endpoint;
import io.onebalance.secret.Scrub;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Begins the notes of requests, and tells the ledger what became of them. Belongs to one event
/// loop.
public final class Drafts {
  /// Names of models that are remembered; then all are forgotten.
  private static final int NAMES = 1_000;

  private final InstantSource clock;
  private final Ledger ledger;
  private final Whys.Ring whys;
  private final Map<String, String> names = new HashMap<>();

  public Drafts(InstantSource clock, Ledger ledger, Whys whys) {
    this.clock = clock;
    this.ledger = ledger;
    this.whys = whys.ring();
  }

  public Draft begin(String id, Endpoint endpoint, Instant now) {
    return new Draft(this, id, now, kind(endpoint));
  }

  private static Entry.Kind kind(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Native _, Endpoint.NotFound _ -> Entry.Kind.NATIVE;
      case Endpoint.Compat(var call, _) -> kind(call);
    };
  }

  private static Entry.Kind kind(Call call) {
    return switch (call) {
      case Call.Chat _ -> Entry.Kind.CHAT;
      case Call.Embeddings _ -> Entry.Kind.EMBEDDINGS;
      case Call.Responses _ -> Entry.Kind.RESPONSES;
      case Call.Messages _ -> Entry.Kind.MESSAGES;
      case Call.CountTokens _ -> Entry.Kind.COUNT;
      case Call.Gemini(var verb, _) ->
          switch (verb) {
            case GENERATE, STREAM, STREAM_ARRAY -> Entry.Kind.GENERATE;
            case COUNT_TOKENS -> Entry.Kind.COUNT;
            case EMBED, EMBED_MANY -> Entry.Kind.EMBEDDINGS;
          };
      case Call.Models _, Call.Model _, Call.Hello _ -> Entry.Kind.MODELS;
    };
  }

  Instant now() {
    return clock.instant();
  }

  /// Somebody may ask later why these keys were chosen.
  void explain(String id, List<Why> why) {
    whys.keep(id, why);
  }

  /// A key that somebody sent as the name of a model is noted nowhere (S1).
  void tell(Entry entry, boolean brief) {
    var clean = entry.naming(this::clean);
    if (brief) {
      ledger.tellInBrief(clean);
    } else {
      ledger.tell(clean);
    }
  }

  /// A name of a model without what may be a key. Found out once a name: what looks for keys costs
  /// more than a request may.
  String clean(String name) {
    if (names.size() >= NAMES) {
      names.clear();
    }
    return names.computeIfAbsent(name, Scrub::name);
  }
}
