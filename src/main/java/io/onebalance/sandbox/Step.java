package io.onebalance.sandbox;

import io.onebalance.sandbox.script.Gate;
import java.time.Duration;
import java.util.Map;

/// One thing that the sandbox does on the wire.
sealed interface Step {
  record Head(int status, Map<String, String> headers) implements Step {}

  record Write(byte[] bytes) implements Step {}

  record Rest(Duration time) implements Step {}

  record Await(Gate gate) implements Step {}

  /// The last bytes and the end of the answer.
  record End(byte[] bytes) implements Step {}

  /// Bytes that go past HTTP, as they are.
  record Raw(byte[] bytes) implements Step {}

  /// The end of the connection.
  record HangUp(boolean reset) implements Step {}
}
