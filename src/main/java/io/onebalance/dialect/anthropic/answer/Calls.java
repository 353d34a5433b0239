package io.onebalance.dialect.anthropic.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.anthropic.words.Ids;
import io.onebalance.dialect.anthropic.words.Seals;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.JsonEnd;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The calls of an answer, one block after the other. Other dialects send the arguments of several
/// calls in turns; a call that opens before the one in front of it is complete is held back until
/// then. Nothing else ever waits. Confined to one thread.
final class Calls {
  /// What must happen before the block of a call opens.
  interface Before {
    void call(Optional<String> seal);
  }

  private record Held(Delta.CallOpened call, StringBuilder arguments) {}

  private static final int NONE = -1;

  private final Page page;
  private final Before before;
  private final Ids ids;
  private final LinkedHashMap<Integer, Held> held = new LinkedHashMap<>();
  private int current = NONE;
  private JsonEnd end = new JsonEnd();
  private boolean any;

  Calls(Page page, String requestId, Before before) {
    this.page = page;
    this.before = before;
    ids = new Ids(requestId);
  }

  boolean any() {
    return any;
  }

  boolean isOpen() {
    return current != NONE;
  }

  void open(Delta.CallOpened call) {
    any = true;
    if (isOpen()) {
      held.putIfAbsent(call.call(), new Held(call, new StringBuilder()));
    } else {
      begin(call);
    }
  }

  /// What comes for a call that was closed is lost: there is no block for it any more.
  void add(int call, String piece) {
    var waiting = held.get(call);
    if (call == current) {
      write(piece);
      goOn();
    } else if (waiting != null) {
      waiting.arguments().append(piece);
    }
  }

  /// Closes what is open and tells what was held back.
  void close() {
    while (isOpen()) {
      closeCurrent();
      goOn();
    }
  }

  private void goOn() {
    while (!isOpen() && !held.isEmpty()) {
      var next = held.pollFirstEntry().getValue();
      begin(next.call());
      write(next.arguments().toString());
    }
  }

  private void begin(Delta.CallOpened call) {
    var id = ids.of(call.id());
    before.call(call.signature().map(signature -> Seals.ofCall(id, signature)));
    var block = Json.object().put("type", "tool_use").put("id", id).put("name", call.tool().flat());
    block.putObject("input");
    page.open(block);
    current = call.call();
    end = new JsonEnd();
  }

  private void write(String piece) {
    if (!piece.isEmpty()) {
      page.add(Json.object().put("type", "input_json_delta").put("partial_json", piece));
    }
    if (end.after(piece)) {
      closeCurrent();
    }
  }

  private void closeCurrent() {
    page.close();
    current = NONE;
  }
}
