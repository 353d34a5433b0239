package io.onebalance.dialect.responses.answer.growing;

import io.onebalance.dialect.json.Json;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The items of an answer in their order, and the telling of how they grow. Items may grow at the
/// same time. Confined to one thread.
public final class Output {
  private final String requestId;
  private final Narration narration;
  private final TreeMap<Integer, ObjectNode> items = new TreeMap<>();
  private int next;

  public Output(String requestId, Narration narration) {
    this.requestId = requestId;
    this.narration = narration;
  }

  /// An item's place in the answer.
  public final class Place {
    private final int index = next++;
    private final String id;

    private Place(String prefix) {
      id = prefix + "_" + requestId + "_" + index;
    }

    /// The item as it begins; its `id` is put in front.
    public void added(ObjectNode item) {
      narration.tell("response.output_item.added", withItem(item));
    }

    /// What becomes of it, by an event that is told to name it.
    public void tell(String type, ObjectNode event) {
      narration.tell("response." + type, event.put("item_id", id).put("output_index", index));
    }

    /// The item as it stays.
    public void done(ObjectNode item) {
      narration.tell("response.output_item.done", withItem(item));
      items.put(index, item);
    }

    private ObjectNode withItem(ObjectNode item) {
      item.put("id", id);
      return Json.object().put("output_index", index).set("item", item);
    }
  }

  /// A place behind all others. `prefix` says of what kind the item is, in its id.
  public Place next(String prefix) {
    return new Place(prefix);
  }

  /// All items that are done.
  public ArrayNode items() {
    var all = Json.array();
    items.values().forEach(all::add);
    return all;
  }
}
