package io.onebalance.upstream.fetch;

import io.vertx.core.buffer.Buffer;

/// How the fetching of a link ended.
public sealed interface Fetched {
  /// `mediaType` is without parameters.
  record Got(String mediaType, Buffer bytes) implements Fetched {}

  /// It was wanted no more.
  record Stopped() implements Fetched {}

  /// There was no room for it on our side.
  record Crowded() implements Fetched {}

  /// `why` may be shown.
  record Refused(String why) implements Fetched {}
}
