package io.onebalance.dialect;

import io.onebalance.chat.answer.Delta;
import io.onebalance.sse.Event;
import java.util.List;

/// Reads a provider's stream, event by event. Confined to one thread; an event that it cannot read
/// is a [Delta.Failed], after which it is not asked again.
public interface StreamReader {
  /// What this event adds.
  List<Delta> read(Event event);

  /// What is still to be told at the end of the stream. One that ended before the answer was
  /// complete is a [Delta.Failed], never a clean end.
  List<Delta> end();
}
