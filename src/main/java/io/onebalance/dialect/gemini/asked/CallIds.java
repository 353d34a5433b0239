package io.onebalance.dialect.gemini.asked;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ids of calls. Clients of Gemini may leave them out, and then a result belongs to the first
/// call of its name in the model's last turn that has none yet. Confined to one thread.
final class CallIds {
  private final List<Call> waiting = new ArrayList<>();
  private int turn;
  private int count;

  private record Call(String name, String id) {}

  /// The model speaks: what was not answered is not answered any more.
  void nextTurn() {
    waiting.clear();
    turn++;
    count = 0;
  }

  String ofCall(String name, Optional<String> given) {
    var id = known(given).orElseGet(this::fresh);
    waiting.add(new Call(name, id));
    return id;
  }

  String ofResult(String name, Optional<String> given) {
    var id = known(given);
    var found =
        waiting.stream()
            .filter(call -> id.map(call.id()::equals).orElseGet(() -> call.name().equals(name)))
            .findFirst();
    found.ifPresent(waiting::remove);
    return found.map(Call::id).or(() -> id).orElseGet(() -> fresh() + "_unasked");
  }

  private String fresh() {
    return "call_" + turn + "_" + count++;
  }

  private static Optional<String> known(Optional<String> given) {
    return given.filter(id -> !id.isEmpty());
  }
}
