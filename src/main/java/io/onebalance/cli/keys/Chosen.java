package io.onebalance.cli.keys;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The keys that are meant: by id, or all that match `filter` (`provider`, `status`, `q`).
public record Chosen(List<String> ids, Map<String, String> filter) {
  public Chosen {
    ids = List.copyOf(ids);
    filter = Map.copyOf(filter);
  }

  /// Whether nothing was said, which must not mean everything.
  public boolean isEmpty() {
    return ids.isEmpty() && filter.isEmpty();
  }

  /// As the key API takes it.
  ObjectNode json() {
    var json = JsonMapper.shared().createObjectNode();
    if (!ids.isEmpty()) {
      var list = json.putArray("ids");
      ids.forEach(list::add);
    } else if (!filter.isEmpty()) {
      var fields = json.putObject("filter");
      filter.forEach(fields::put);
    }
    return json;
  }

  /// The filter as parameters of a listing.
  String query() {
    return filter.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
