package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.KeyJson;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Refusal;
import io.onebalance.sync.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON: a list of keys or of records, records line by line, `{"keys": […]}`, `{provider: [keys]}`,
/// or what `wrangler d1 execute --json` answers. It is written line by line.
final class JsonForm implements Form {
  @Override
  public Reading read(String text, Optional<String> provider) throws Refusal {
    var gathering = gathered(text, provider);
    return new Reading(gathering.keys, gathering.flaws);
  }

  private static Gathering gathered(String text, Optional<String> provider) throws Refusal {
    var gathering = new Gathering();
    try {
      var values = JsonMapper.shared().readerFor(JsonNode.class).<JsonNode>readValues(text);
      while (values.hasNext()) {
        gathering.take(values.next(), provider);
      }
    } catch (JacksonException wrong) {
      throw new Refusal("it is not valid JSON, " + place(wrong));
    }
    return gathering;
  }

  private static String place(JacksonException wrong) {
    var at = wrong.getLocation();
    return at == null ? "somewhere" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /// All is written anew, with the fields that are ours.
  @Override
  public List<String> lost(String text, Optional<String> provider) throws Refusal {
    var gathering = gathered(text, provider);
    var lost = new ArrayList<>(gathering.flaws);
    gathering.others.forEach(name -> lost.add("there is the field '" + name + "'"));
    return lost;
  }

  @Override
  public String write(String before, List<Carried> all, List<Carried> fresh) {
    var text = new StringBuilder();
    all.forEach(key -> text.append(KeyJson.of(key)).append('\n'));
    return text.toString();
  }

  private static final class Gathering {
    private final List<Carried> keys = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private final Set<String> others = new LinkedHashSet<>();
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
      var listed = node.has("keys") ? "keys" : "results";
      var lists = node.path(listed);
      if (lists.isArray()) {
        note(node, Set.of(listed, "provider"));
        var own = node.path("provider").asString("");
        take(lists, own.isEmpty() ? provider : Optional.of(own));
      } else if (node.size() > 0 && node.values().stream().allMatch(JsonNode::isArray)) {
        node.properties().forEach(one -> take(one.getValue(), Optional.of(one.getKey())));
      } else {
        seen++;
        note(node, KeyJson.FIELDS);
        put(Row.of(node).carried(provider));
      }
    }

    private void note(JsonNode object, Collection<String> ours) {
      object.propertyNames().stream().filter(name -> !ours.contains(name)).forEach(others::add);
    }

    private void put(Optional<Carried> key) {
      key.ifPresentOrElse(
          keys::add, () -> flaws.add("record " + seen + " has no key or no provider"));
    }
  }
}
