package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.dialect.anthropic.words.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The ids of a conversation's calls as this dialect takes them. Those that fit stay; the others
/// are made to fit, the same for a call and its result, and so that no two become one.
final class CallIds {
  private final Distinct given = new Distinct(Integer.MAX_VALUE);
  private final Map<String, String> written = new HashMap<>();

  CallIds(List<Message> turns) {
    var all =
        turns.stream()
            .flatMap(turn -> turn.parts().stream())
            .filter(Part.ToolCall.class::isInstance)
            .map(part -> ((Part.ToolCall) part).id())
            .distinct()
            .toList();
    all.stream().filter(Ids::fits).forEach(id -> written.put(id, given.of(id)));
    all.stream().filter(id -> !Ids.fits(id)).forEach(this::fit);
  }

  String of(String id) {
    return written.getOrDefault(id, id);
  }

  private void fit(String id) {
    var base = id.isEmpty() ? "call" : id.replaceAll("[^A-Za-z0-9_-]", "_");
    written.put(id, given.of(base));
  }
}
