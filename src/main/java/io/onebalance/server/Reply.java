package io.onebalance.server;

import io.onebalance.http.Header;
import java.util.List;
import java.util.function.Consumer;

/// What a [Desk] answers.
public sealed interface Reply {
  /// A whole answer.
  record Whole(int status, List<Header> headers, byte[] body) implements Reply {
    public Whole {
      headers = List.copyOf(headers);
    }
  }

  /// An answer that comes piece by piece: `writer` is run on the virtual thread of the visit and
  /// hands each piece to the sink it is given. The sink blocks while the client reads slowly and
  /// throws [java.io.UncheckedIOException] once it has left.
  record Streamed(int status, List<Header> headers, Consumer<Consumer<byte[]>> writer)
      implements Reply {
    public Streamed {
      headers = List.copyOf(headers);
    }
  }
}
