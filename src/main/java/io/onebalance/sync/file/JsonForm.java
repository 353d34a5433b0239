package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.KeyJson;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON: a list of keys or of records, records line by line, `{"keys": […]}`, `{provider: [keys]}`,
/// or what `wrangler d1 execute --json` answers. It is written line by line.
final class JsonForm implements Form {
  @Override
  public Reading read(String text, Optional<String> provider) throws Refusal {
    var gathering = new Gathering();
    try {
      var values = JsonMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(text);
      while (values.hasNext()) {
        gathering.take(values.next(), provider);
      }
    } catch (JacksonException wrong) {
      throw new Refusal("it is not valid JSON, " + place(wrong));
    }
    return new Reading(gathering.keys, gathering.flaws);
  }

  private static String place(JacksonException wrong) {
    var at = wrong.getLocation();
    return at == null ? "somewhere" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  @Override
  public String write(List<Carried> keys) {
    var text = new StringBuilder();
    keys.forEach(key -> text.append(KeyJson.of(key)).append('\n'));
    return text.toString();
  }

  private static final class Gathering {
    private final List<Carried> keys = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private int seen;

    void take(JsonNode node, Optional<String> provider) {
      if (node.isArray()) {
        node.forEach(one -> take(one, provider));
      } else if (node.isString()) {
        seen++;
        put(provider.map(name -> Carried.bare(name, node.stringValue().strip())));
      } else if (node.isObject()) {
        object(node, provider);
      } else {
        seen++;
        put(Optional.empty());
      }
    }

    private void object(JsonNode node, Optional<String> provider) {
      var lists = node.has("keys") ? node.path("keys") : node.path("results");
      if (lists.isArray()) {
        var own = node.path("provider").asString("");
        take(lists, own.isEmpty() ? provider : Optional.of(own));
      } else if (node.size() > 0 && node.values().stream().allMatch(JsonNode::isArray)) {
        node.properties().forEach(one -> take(one.getValue(), Optional.of(one.getKey())));
      } else {
        seen++;
        put(Row.of(node).carried(provider));
      }
    }

    private void put(Optional<Carried> key) {
      key.ifPresentOrElse(
          keys::add, () -> flaws.add("record " + seen + " has no key or no provider"));
    }
  }
}
