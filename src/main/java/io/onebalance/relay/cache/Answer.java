package io.onebalance.relay.cache;

import io.onebalance.http.Header;
import java.time.Duration;
import java.util.List;

/// An answer as it was told to a client, whole: fields and bytes. `ends` says where each piece of a
/// stream ended. Nobody changes the arrays.
///
/// @param provider who gave it, with which model
record Answer(
    List<Header> fields, byte[] bytes, int[] ends, String provider, String model, Duration ttl) {
  /// What an entry takes beside its bytes: the question, the fields, the cache's own.
  private static final int AROUND = 1024;

  Answer {
    fields = List.copyOf(fields);
  }

  boolean isStream() {
    return fields.stream()
        .anyMatch(field ->
            field.name().equals("content-type") && field.value().startsWith("text/event-stream"));
  }

  /// In bytes of memory.
  int weight() {
    return AROUND + bytes.length + Integer.BYTES * ends.length;
  }
}
