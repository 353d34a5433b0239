package io.onebalance.relay.ask.once;

import io.onebalance.key.ApiKey;
import io.onebalance.provider.answer.Verdict;

/// How one attempt with one key ended. Shares the endings that need no second attempt with
/// [Ending].
public sealed interface Attempt
    permits Ending.Opened,
        Ending.Theirs,
        Ending.Abandoned,
        Ending.Exhausted,
        Attempt.Refused,
        Attempt.Unheard {
  /// Nothing has reached the client, so another key may still be asked.
  record Refused(ApiKey key, Verdict verdict, Trouble trouble) implements Attempt {}

  /// The server certainly did not process the question: the same key may be asked once more,
  /// without blame.
  record Unheard(ApiKey key, String why) implements Attempt {}
}
