package io.onebalance.dialect.responses.answer.growing;

import io.onebalance.chat.ToolName;
import io.onebalance.dialect.FreeText;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.json.JsonEnd;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A call while its arguments grow. What comes before it is told of waits. Confined to one thread.
///
/// The free text of a custom tool that went to its provider as a function is told at its end: it is
/// inside the JSON that grows.
public final class GrowingCall {
  private final Output output;
  private final ToolName tool;
  private final String callId;
  private final boolean wrapped;
  private final StringBuilder arguments = new StringBuilder();
  private final JsonEnd end = new JsonEnd();
  private Output.@Nullable Place place;
  private boolean complete;

  /// `called` is the tool by the provider's word for it, `meant` by the client's.
  public GrowingCall(Output output, ToolName called, ToolName meant, String callId) {
    this.output = output;
    this.tool = meant;
    this.callId = callId;
    this.wrapped = meant.custom() && !called.custom();
    this.complete = called.custom(); // free text is never interleaved
  }

  void grow(String piece) {
    arguments.append(piece);
    complete |= end.after(piece);
    if (place != null && !wrapped) {
      tell(place, piece);
    }
  }

  /// Whether no more can come.
  boolean complete() {
    return complete;
  }

  /// Tells of it, with what has come so far.
  Output.Place begin() {
    if (place == null) {
      place = output.next(tool.custom() ? "ctc" : "fc");
      place.added(item("in_progress", ""));
      if (!wrapped && !arguments.isEmpty()) {
        tell(place, arguments.toString());
      }
    }
    return place;
  }

  void close(String status) {
    var told = begin();
    if (wrapped) {
      tell(told, all());
    } else if (arguments.isEmpty() && !tool.custom()) {
      grow("{}");
    }
    var done = Json.object().put(member(), all());
    told.tell(event() + ".done", tool.custom() ? done : done.put("name", tool.name()));
    told.done(item(status, all()));
  }

  private String all() {
    var all = arguments.toString();
    return wrapped ? FreeText.unwrapped(all) : all;
  }

  private void tell(Output.Place told, String piece) {
    told.tell(event() + ".delta", Json.object().put("delta", piece));
  }

  private ObjectNode item(String status, String all) {
    var item =
        Json.object()
            .put("id", "")
            .put("type", tool.custom() ? "custom_tool_call" : "function_call")
            .put("status", status)
            .put("call_id", callId)
            .put("name", tool.name())
            .put(member(), all);
    tool.space().ifPresent(space -> item.put("namespace", space));
    return item;
  }

  private String member() {
    return tool.custom() ? "input" : "arguments";
  }

  private String event() {
    return tool.custom() ? "custom_tool_call_input" : "function_call_arguments";
  }
}
