package io.onebalance.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What happened to one request, from its head to its last byte.
///
/// @param gatewayKey the id of the caller's grant, empty where nobody was admitted
/// @param cost empty where the price is not known: unknown is not free
/// @param attempts who was asked, in order; of many the latest, up to [#MOST_ATTEMPTS]
/// @param attempted how often somebody was asked, also those that are not told
/// @param dropped what the provider was not told of the request
public record Entry(
    String requestId,
    Instant at,
    String gatewayKey,
    Asked asked,
    Served served,
    Ending ending,
    Times times,
    Tokens tokens,
    Optional<Money> cost,
    List<Attempt> attempts,
    int attempted,
    List<String> dropped) {
  public static final int MOST_ATTEMPTS = 10;

  public Entry {
    attempts = List.copyOf(attempts);
    dropped = List.copyOf(dropped);
    if (attempts.size() > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          attempts.size() + " attempts; allowed: up to " + MOST_ATTEMPTS);
    }
  }

  /// The same under other names of the models: itself where these are no others.
  public Entry naming(UnaryOperator<String> name) {
    var renamed = name.apply(asked.model);
    var renamedServed = served.model.equals(asked.model) ? renamed : name.apply(served.model);
    return renamed.equals(asked.model) && renamedServed.equals(served.model)
        ? this
        : named(renamed, renamedServed);
  }

  private Entry named(String asked, String served) {
    return new Entry(
        requestId,
        at,
        gatewayKey,
        new Asked(this.asked.kind, asked, this.asked.stream),
        new Served(this.served.provider, served, this.served.keyId, this.served.route),
        ending,
        times,
        tokens,
        cost,
        attempts,
        attempted,
        dropped);
  }

  /// What the client wanted. `model` is as it was written, empty where the request names none.
  public record Asked(Kind kind, String model, boolean stream) {}

  /// In which words the client asked.
  public enum Kind {
    CHAT,
    RESPONSES,
    MESSAGES,
    GENERATE,
    EMBEDDINGS,
    COUNT,
    MODELS,
    NATIVE,
    SOCKET
  }

  /// Who answered, or was asked last. All empty where nobody was asked.
  public record Served(String provider, String model, String keyId, Route route) {
    public static final Served NOBODY = new Served("", "", "", Route.NONE);
  }

  /// Which way the request went.
  public enum Route {
    NONE,
    DIRECT,
    GATEWAY,
    /// The answer was remembered, nobody was asked.
    CACHE
  }

  /// How it ended: the status that the client heard, 0 where it left before, and in which way.
  public record Ending(int status, How how) {
    /// Whether this counts as an error: what was refused or failed, and what was cut.
    public boolean isError() {
      return how == How.CUT || status >= 400;
    }
  }

  /// How far the answer came.
  public enum How {
    /// The client was sent the whole answer.
    WHOLE,
    /// The answer began and broke off.
    CUT,
    /// The client left before the end.
    LEFT
  }

  /// From the request's head to the first byte of the answer, zero where none came, and to the end.
  public record Times(Duration firstByte, Duration total) {}

  /// One key that was asked. `verdict` is one word: served, limited, exhausted, dead …; `after` is
  /// from the request's head.
  public record Attempt(
      String provider, String keyId, String verdict, Duration after, Duration took) {}
}
