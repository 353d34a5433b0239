package io.onebalance.relay.socket;

import io.vertx.core.buffer.Buffer;

/// Hears the messages of one direction of a WebSocket as they pass, piece by piece.
interface Ear {
  /// Hears nothing.
  Ear DEAF =
      new Ear() {
        @Override
        public void begins() {}

        @Override
        public void hears(Buffer bytes, int from, int to) {}

        @Override
        public void ends() {}
      };

  void begins();

  /// A piece of the message that began; its bytes are not masked, and not kept.
  void hears(Buffer bytes, int from, int to);

  void ends();
}
