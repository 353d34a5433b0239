package io.onebalance.relay.ask.once;

/// What came back from an upstream that was no answer to pass on.
public sealed interface Trouble {
  /// It answered, with a status that is no success.
  record Told(Declined answer) implements Trouble {}

  /// It answered with a success that is none: an error document, an error as the first event,
  /// nothing.
  record Misspoken() implements Trouble {}

  /// It could not be reached; nothing was sent. `slow`: the connection timed out.
  record Unreached(boolean slow) implements Trouble {}

  /// The question was sent and no answer began. `slow`: time ran out; else the connection broke.
  record Unanswered(boolean slow) implements Trouble {}

  /// How often a request may meet this trouble and still be asked again, `most` where only the
  /// general limits count. Connections that time out tell that the endpoint is away; a question
  /// that was sent may have been worked on, so it is repeated once and only where that does no
  /// harm.
  default int repeats(boolean harmless, int most) {
    return switch (this) {
      case Told _ -> most;
      case Unreached(var slow) -> slow ? 1 : most;
      case Misspoken _, Unanswered _ -> harmless ? 1 : 0;
    };
  }
}
