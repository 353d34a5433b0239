package io.onebalance.sse;

import java.util.Optional;

/// Waits for the first event that says something: comments (OpenRouter's `: PROCESSING`) and pings
/// are no content and no error, whoever sends them. Nothing is retried once a byte went to the
/// client, so this is the moment until which a stream is held. Confined to one thread.
public final class FirstEvent {
  private final Events events;

  /// `longest` bounds what is kept of one event, in bytes.
  public FirstEvent(int longest) {
    events = new Events(longest);
  }

  /// Reads one piece; gives the first event that is no ping, once it is complete. Not to be asked
  /// again after it gave one.
  public Optional<Event> feed(byte[] piece) {
    for (var event : events.feed(piece)) {
      if (!event.isPing()) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  /// What had been begun when the stream ended.
  public Optional<Event> rest() {
    return events.rest().filter(event -> !event.isPing());
  }
}
