package io.onebalance.store.history.log;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import java.util.List;

/// Words of the ledger as small numbers: their places in these lists. What is stored hangs on them,
/// so new words go to the end.
record Codes<E>(List<E> words) {
  static final Codes<Entry.Kind> KINDS =
      new Codes<>(
          List.of(
              Entry.Kind.CHAT,
              Entry.Kind.RESPONSES,
              Entry.Kind.MESSAGES,
              Entry.Kind.GENERATE,
              Entry.Kind.EMBEDDINGS,
              Entry.Kind.COUNT,
              Entry.Kind.MODELS,
              Entry.Kind.NATIVE,
              Entry.Kind.SOCKET));

  static final Codes<Entry.Route> ROUTES =
      new Codes<>(
          List.of(Entry.Route.NONE, Entry.Route.DIRECT, Entry.Route.GATEWAY, Entry.Route.CACHE));

  static final Codes<Entry.How> HOWS =
      new Codes<>(List.of(Entry.How.WHOLE, Entry.How.CUT, Entry.How.LEFT));

  static final Codes<Tokens.Source> SOURCES =
      new Codes<>(List.of(Tokens.Source.NONE, Tokens.Source.TOLD, Tokens.Source.ESTIMATED));

  Codes {
    words = List.copyOf(words);
  }

  int of(E word) {
    return words.indexOf(word);
  }

  E at(int code) {
    return words.get(code);
  }
}
