package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads streamed answers of providers. Some send all events, some only items that are done, some
/// only the whole response at the end: what was not told by then is told from there, once.
public final class AnswerStream implements StreamReader {
  private static final String DONE = "[DONE]";

  private final Map<String, Told> items = new HashMap<>();
  private final ItemReader reader;
  private boolean over;

  public AnswerStream(String requestId) {
    reader = new ItemReader(requestId);
  }

  /// What was told of one item.
  private static final class Told {
    private int call = -1;
    private boolean anything;
    private String from = "";
    private int part;
  }

  @Override
  public List<Delta> read(Event event) {
    if (over || event.isPing() || isDone(event)) {
      return List.of();
    }
    var data = event.whole() ? Json.read(event.data()) : Optional.<JsonNode>empty();
    return data.filter(JsonNode::isObject)
        .map(this::read)
        .orElseGet(() -> failed(broken("The provider's answer holds something unreadable.")));
  }

  @Override
  public List<Delta> end() {
    return over ? List.of() : failed(broken("The provider's answer ended before it was complete."));
  }

  /// Some put OpenAI's older end behind this dialect's own.
  private static boolean isDone(Event event) {
    return event.data().length <= DONE.length() + 2 && event.text().strip().equals(DONE);
  }

  private List<Delta> read(JsonNode event) {
    return switch (event.path("type").asString("")) {
      case "response.output_item.added" -> added(event);
      case "response.output_item.done" -> done(key(event), event.path("item"));
      case "response.output_text.delta" -> text(event);
      case "response.output_text.annotation.added" ->
          ItemReader.citation(event.path("annotation")).stream().toList();
      case "response.refusal.delta" -> told(event, reader.refused(delta(event)));
      case "response.reasoning_text.delta" -> thinking(event, "content_index");
      case "response.reasoning_summary_text.delta" -> thinking(event, "summary_index");
      case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
          piece(event);
      case "response.completed", "response.incomplete", "response.done" ->
          finished(event.path("response"));
      case "response.failed", "response.cancelled" ->
          failed(Failures.read(event.path("response").path("error")));
      case "error" -> failed(Failures.read(event.has("error") ? event.path("error") : event));
      // An open set: progress of the provider's own tools, and ends of what deltas told.
      default ->
          event.path("error").isObject() ? failed(Failures.read(event.path("error"))) : List.of();
    };
  }

  private List<Delta> added(JsonNode event) {
    var item = event.path("item");
    return ItemReader.isCall(item) ? List.of(open(item(key(event)), item)) : List.of();
  }

  private Delta open(Told told, JsonNode item) {
    var opened = reader.opened(item);
    told.call = opened.call();
    return opened;
  }

  /// What deltas left out.
  private List<Delta> done(String key, JsonNode item) {
    var told = item(key);
    var rest = new ArrayList<Delta>();
    if (ItemReader.isCall(item)) {
      if (told.call < 0) {
        rest.add(open(told, item));
      }
      if (!told.anything) {
        rest.add(new Delta.CallPiece(0, told.call, ItemReader.arguments(item)));
      }
    } else {
      rest.addAll(told.anything ? ItemReader.sealOf(item) : reader.whole(item));
    }
    told.anything = true;
    return rest;
  }

  private List<Delta> text(JsonNode event) {
    item(key(event)).anything = true;
    var deltas = new ArrayList<Delta>();
    deltas.add(new Delta.Text(0, delta(event)));
    ItemReader.logprobs(event).ifPresent(deltas::add);
    return deltas;
  }

  private List<Delta> told(JsonNode event, Delta delta) {
    item(key(event)).anything = true;
    return List.of(delta);
  }

  /// A thought is told once: as itself or as its summary, whichever comes first. Its parts stand
  /// apart like paragraphs.
  private List<Delta> thinking(JsonNode event, String counter) {
    var told = item(key(event));
    var part = event.path(counter).asInt(0);
    if (told.from.isEmpty()) {
      told.from = counter;
      told.part = part;
    }
    if (!told.from.equals(counter)) {
      return List.of();
    }
    var apart = part == told.part ? "" : "\n\n";
    told.part = part;
    told.anything = true;
    return List.of(new Delta.Thinking(0, apart + delta(event)));
  }

  private List<Delta> piece(JsonNode event) {
    var told = item(key(event));
    told.anything |= told.call >= 0;
    return told.call < 0 ? List.of() : List.of(new Delta.CallPiece(0, told.call, delta(event)));
  }

  private List<Delta> finished(JsonNode response) {
    over = true;
    var deltas = new ArrayList<Delta>();
    if (items.isEmpty()) {
      response.path("output").forEach(item -> deltas.addAll(reader.whole(item)));
    }
    Usages.in(response).map(Delta.Used::new).ifPresent(deltas::add);
    deltas.add(reader.finished(response));
    return deltas;
  }

  private List<Delta> failed(Failure failure) {
    over = true;
    return List.of(new Delta.Failed(failure));
  }

  private static Failure broken(String message) {
    return new Failure(Failure.Kind.BROKEN, message);
  }

  private Told item(String key) {
    return items.computeIfAbsent(key, _ -> new Told());
  }

  /// An item by its place; by its id only where no place is told, since some providers give an item
  /// another id in each event.
  private static String key(JsonNode event) {
    var index = event.path("output_index");
    return index.isNumber()
        ? index.toString()
        : "id " + event.path("item_id").asString(event.path("item").path("id").asString(""));
  }

  private static String delta(JsonNode event) {
    return event.path("delta").asString("");
  }
}
