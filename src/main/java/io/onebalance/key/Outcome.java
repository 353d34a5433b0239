package io.onebalance.key;

import io.onebalance.provider.answer.Verdict;
import java.time.Duration;

/// How one attempt with a key ended.
public sealed interface Outcome {
  /// The upstream answered or failed. `latency` is the time to the first byte, or to the failure.
  record Judged(Verdict verdict, Duration latency) implements Outcome {}

  /// Nobody asked with this key after all.
  record Unasked() implements Outcome {}

  /// The client left or time ran out at our side: nothing was learnt of the key.
  record Abandoned() implements Outcome {}
}
