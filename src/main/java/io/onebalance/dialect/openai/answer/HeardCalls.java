package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Members;
import io.onebalance.dialect.openai.words.PartsReader;
import io.onebalance.dialect.openai.words.Signatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The calls of one choice, as their pieces come. Providers tell them apart by an index, by their
/// ids alone with one index for all, or by nothing; a name may come after the first arguments,
/// which wait for it.
final class HeardCalls {
  /// The most that may come of a call before its name.
  private static final int MOST_WAITING = 1 << 20;

  private final int choice;
  private final String prefix;
  private final Map<Integer, Call> open = new HashMap<>();
  private final List<Call> all = new ArrayList<>();
  private @Nullable Call latest;
  private int opened;

  /// Where in the answer it stands, once its name is known.
  private static final class Call {
    String id = "";
    int at = -1;
    boolean argued;
    final StringBuilder waiting = new StringBuilder();
  }

  HeardCalls(int choice, String prefix) {
    this.choice = choice;
    this.prefix = prefix;
  }

  boolean any() {
    return opened > 0;
  }

  void call(Members told, List<Delta> deltas) {
    var custom = told.object("custom");
    var inside = custom.or(() -> told.object("function"));
    var name = inside.flatMap(members -> members.text("name")).filter(text -> !text.isEmpty());
    var id = told.text("id").orElse("");
    var member = custom.isPresent() ? "input" : "arguments";
    var arguments = inside.map(members -> PartsReader.loose(members, member)).orElse("");
    var whole = name.isPresent() && arguments.startsWith("{");
    var call = of(told.integer("index"), id, name.isPresent(), whole);
    if (call.id.isEmpty()) {
      call.id = id;
    }
    if (call.at < 0 && name.isPresent()) {
      var tool = new ToolName(name.get(), Optional.empty(), custom.isPresent());
      open(call, tool, Signatures.read(told), deltas);
    }
    argued(call, arguments, deltas);
  }

  /// The form before tools had ids, with one call at most.
  void legacy(Members told, Members message, List<Delta> deltas) {
    var call = of(Optional.of(0), "", false, false);
    var name = told.text("name").filter(text -> !text.isEmpty());
    if (call.at < 0 && name.isPresent()) {
      call.id = prefix + "_function";
      open(call, ToolName.of(name.get()), Signatures.read(message), deltas);
    }
    argued(call, PartsReader.loose(told, "arguments"), deltas);
  }

  /// A known index with another id and a name is another call; so is one with a name and arguments
  /// that begin anew, where calls have no ids.
  private Call of(Optional<Integer> index, String id, boolean named, boolean whole) {
    var known = index.isPresent() ? open.get(index.get()) : latest;
    var other =
        known != null
            && known.at >= 0
            && (id.isEmpty() ? whole && known.argued : named && !id.equals(known.id));
    if (known == null || other) {
      known = new Call();
      all.add(known);
      open.put(index.orElse(all.size() - 1), known);
    }
    latest = known;
    return known;
  }

  private void open(Call call, ToolName tool, Optional<Signature> signature, List<Delta> deltas) {
    call.at = opened++;
    if (call.id.isEmpty()) {
      call.id = prefix + "_" + call.at;
    }
    deltas.add(new Delta.CallOpened(choice, call.at, tool, call.id, signature));
    if (!call.waiting.isEmpty()) {
      deltas.add(new Delta.CallPiece(choice, call.at, call.waiting.toString()));
      call.waiting.setLength(0);
    }
  }

  private void argued(Call call, String arguments, List<Delta> deltas) {
    call.argued |= !arguments.isEmpty();
    if (call.at < 0) {
      if (call.waiting.length() + arguments.length() > MOST_WAITING) {
        throw new BadRequest("tool_calls", "a call has no name");
      }
      call.waiting.append(arguments);
    } else if (!arguments.isEmpty()) {
      deltas.add(new Delta.CallPiece(choice, call.at, arguments));
    }
  }
}
