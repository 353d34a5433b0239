package io.onebalance.dialect.openai.asking;

import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A request as it is written: what the provider takes goes in, and what it does not is noted.
final class Draft {
  static final JsonNodeFactory VALUES = JsonNodeFactory.instance;

  final Flavour flavour;
  final Names names;
  private final ObjectNode body = Json.object();
  private final SequencedSet<String> dropped = new LinkedHashSet<>();

  Draft(Flavour flavour) {
    this.flavour = flavour;
    names = new Names(flavour.is("custom"));
  }

  void put(String name, JsonNode value) {
    if (flavour.takes(name)) {
      body.set(flavour.name(name), value);
    } else {
      drop(name);
    }
  }

  void put(String name, String value) {
    put(name, VALUES.stringNode(value));
  }

  void put(String name, boolean value) {
    put(name, VALUES.booleanNode(value));
  }

  void put(String name, int value) {
    put(name, VALUES.numberNode(value));
  }

  /// Notes what is left out, by the name of its member.
  void drop(String what) {
    dropped.add(what);
  }

  Outgoing outgoing() {
    return new Outgoing(body, List.copyOf(dropped), names.renamed());
  }
}
