package io.onebalance.dialect.anthropic.words;

import io.onebalance.chat.Message;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Tool;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.Members;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where a client wants its prompt cached: the `cache_control` of single blocks and tools. They
/// have no neutral meaning, so they travel as one extra that lists them by place, and only this
/// dialect reads it. Parts and tools are told apart by identity: two may say the same.
public final class CacheMarks {
  public static final String MEMBER = "cache_control";

  private final IdentityHashMap<Object, JsonNode> controls = new IdentityHashMap<>();

  /// The marks of a request that came from this dialect; none where it came from another.
  public static CacheMarks of(ChatRequest request) {
    var marks = new CacheMarks();
    var written = request.extras().get(MEMBER);
    if (written != null && written.isArray()) {
      written
          .valueStream()
          .filter(mark -> mark.path("control").isObject())
          .forEach(mark ->
              place(request, mark)
                  .ifPresent(place -> marks.controls.put(place, mark.path("control"))));
    }
    return marks;
  }

  /// Remembers the mark of what was read, if it has one.
  public void note(Members written, Object read) {
    written.object(MEMBER).ifPresent(control -> controls.put(read, control.written()));
  }

  /// Puts the mark of what is written on it, if it has one.
  public void mark(Object read, ObjectNode written) {
    var control = controls.get(read);
    if (control != null) {
      written.set(MEMBER, control);
    }
  }

  public boolean isMarked(Object read) {
    return controls.containsKey(read);
  }

  public Optional<JsonNode> written(List<Message> messages, List<Tool> tools) {
    var marks = Json.array();
    for (var m = 0; m < messages.size(); m++) {
      var parts = messages.get(m).parts();
      for (var p = 0; p < parts.size(); p++) {
        if (controls.containsKey(parts.get(p))) {
          marks.add(control(parts.get(p)).put("message", m).put("part", p));
        }
      }
    }
    for (var t = 0; t < tools.size(); t++) {
      if (controls.containsKey(tools.get(t))) {
        marks.add(control(tools.get(t)).put("tool", t));
      }
    }
    return marks.isEmpty() ? Optional.empty() : Optional.of(marks);
  }

  private ObjectNode control(Object read) {
    var mark = Json.object();
    mark.set("control", controls.get(read));
    return mark;
  }

  private static Optional<Object> place(ChatRequest request, JsonNode mark) {
    if (mark.has("tool")) {
      return at(request.tools().all(), mark.path("tool")).map(tool -> tool);
    }
    return at(request.messages(), mark.path("message"))
        .flatMap(message -> at(message.parts(), mark.path("part")));
  }

  private static <T> Optional<T> at(List<T> all, JsonNode index) {
    var i = index.asInt(-1);
    return i >= 0 && i < all.size() ? Optional.of(all.get(i)) : Optional.empty();
  }
}
