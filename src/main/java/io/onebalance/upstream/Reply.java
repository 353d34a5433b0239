package io.onebalance.upstream;

import io.vertx.core.http.HttpClientResponse;

/// How a question ended. Trouble is a value here, never an exception.
public sealed interface Reply {
  /// The head of the answer came. The response is paused; whoever takes it must read it to its end
  /// or reset it.
  record Answered(HttpClientResponse response) implements Reply {}

  /// Nothing was sent: too many questions wait for a connection to this upstream already. It is our
  /// own limit, so nobody there is to blame.
  record Crowded(String why) implements Reply {}

  /// Nothing was sent: the name, the connection or TLS failed. `slow` tells that it timed out.
  record Unreachable(String why, boolean slow) implements Reply {}

  /// The server certainly did not process the question (GOAWAY, REFUSED_STREAM, or a pooled
  /// connection that it had just closed): it may be asked again, and nobody is to blame.
  record Unprocessed(String why) implements Reply {}

  /// The question was sent and the connection failed before an answer: it may have been processed.
  record Broken(String why) implements Reply {}

  /// No answer began within the question's patience; it was called off.
  record Silent() implements Reply {}

  /// The client left; the question was called off.
  record CalledOff() implements Reply {}
}
