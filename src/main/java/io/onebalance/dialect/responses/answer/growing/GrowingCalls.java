package io.onebalance.dialect.responses.answer.growing;

import java.util.LinkedHashMap;
import java.util.Map;

/// Calls that are not done, by the provider's numbers. They are told one after the other, as OpenAI
/// does: of those whose arguments come in turns the later wait until the first is complete.
/// Confined to one thread.
public final class GrowingCalls {
  private final Map<Integer, GrowingCall> open = new LinkedHashMap<>();

  public void open(int number, GrowingCall call) {
    settle();
    if (open.isEmpty()) {
      call.begin();
    }
    open.put(number, call);
  }

  /// A piece of a call that never opened belongs to nothing.
  public void grow(int number, String piece) {
    var call = open.get(number);
    if (call != null) {
      call.grow(piece);
      while (open.size() > 1 && first().complete()) {
        closeFirst("completed");
      }
    }
  }

  /// Ends those that are complete, as far as they are the first. Another may still grow, beside
  /// whatever comes now.
  public void settle() {
    while (!open.isEmpty() && first().complete()) {
      closeFirst("completed");
    }
  }

  public void close(String status) {
    while (!open.isEmpty()) {
      closeFirst(status);
    }
  }

  private void closeFirst(String status) {
    var first = open.entrySet().iterator().next();
    open.remove(first.getKey());
    first.getValue().close(status);
    if (!open.isEmpty()) {
      first().begin();
    }
  }

  private GrowingCall first() {
    return open.values().iterator().next();
  }
}
