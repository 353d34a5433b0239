package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.ToolName;
import io.onebalance.dialect.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A call while its arguments grow. Confined to one thread.
///
/// A custom tool that went to its provider as a function with one member `input` is told at its
/// end: its free text is inside the JSON that grows.
final class GrowingCall {
  private final Output.Place place;
  private final ToolName tool;
  private final String callId;
  private final boolean wrapped;
  private final StringBuilder arguments = new StringBuilder();

  /// `called` is the tool by the provider's word for it, `meant` by the client's.
  GrowingCall(Output output, ToolName called, ToolName meant, String callId) {
    this.tool = meant;
    this.callId = callId;
    this.wrapped = meant.custom() && !called.custom();
    this.place = output.next(meant.custom() ? "ctc" : "fc");
    place.added(item("in_progress", ""));
  }

  void grow(String piece) {
    arguments.append(piece);
    if (!wrapped) {
      tell(piece);
    }
  }

  /// Whether no more can come: another call that begins now does not interrupt this one.
  boolean complete() {
    return tool.custom() || Json.read(arguments.toString()).isPresent();
  }

  void close(String status) {
    if (wrapped) {
      tell(unwrapped());
    } else if (arguments.isEmpty() && !tool.custom()) {
      grow("{}");
    }
    var all = wrapped ? unwrapped() : arguments.toString();
    var done = Json.object().put(member(), all);
    place.tell(event() + ".done", tool.custom() ? done : done.put("name", tool.name()));
    place.done(item(status, all));
  }

  private void tell(String piece) {
    place.tell(event() + ".delta", Json.object().put("delta", piece));
  }

  private String unwrapped() {
    var all = arguments.toString();
    return Json.read(all)
        .map(read -> read.path("input"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .orElse(all);
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
