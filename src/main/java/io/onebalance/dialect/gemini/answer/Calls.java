package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.json.JsonEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The calls of one choice whose arguments are still coming. They are told in their order. Confined
/// to one thread.
final class Calls {
  private final Map<Integer, Call> open = new LinkedHashMap<>();

  private static final class Call {
    private final Delta.CallOpened opened;
    private final StringBuilder arguments = new StringBuilder();
    private final JsonEnd end = new JsonEnd();
    private boolean complete;

    Call(Delta.CallOpened opened) {
      this.opened = opened;
    }

    void add(String piece) {
      arguments.append(piece);
      complete = end.after(piece);
    }

    ObjectNode part() {
      var part = PartForm.call(opened.tool(), opened.id(), arguments.toString());
      opened.signature().ifPresent(seal -> PartForm.signed(part, seal));
      return part;
    }
  }

  List<ObjectNode> opened(Delta.CallOpened opened) {
    open.put(opened.call(), new Call(opened));
    return List.of();
  }

  /// What is complete with this piece; one of a call that never opened belongs to nothing.
  List<ObjectNode> piece(int call, String arguments) {
    var known = open.get(call);
    if (known == null) {
      return List.of();
    }
    known.add(arguments);
    var told = new ArrayList<ObjectNode>();
    for (var calls = open.values().iterator(); calls.hasNext(); ) {
      var next = calls.next();
      if (!next.complete) {
        break;
      }
      told.add(next.part());
      calls.remove();
    }
    return told;
  }

  /// All that are left, complete or not.
  List<ObjectNode> rest() {
    var rest = open.values().stream().map(Call::part).toList();
    open.clear();
    return rest;
  }
}
