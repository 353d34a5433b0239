package io.onebalance.dialect.anthropic.asking;

import io.onebalance.dialect.json.References;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Follows the references of a schema. Confined to one thread.
final class Loops {
  private static final int DEEPEST = 32;
  private static final String REFERENCE = "$ref";

  private final JsonNode root;
  private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<JsonNode> done = Collections.newSetFromMap(new IdentityHashMap<>());

  private Loops(JsonNode root) {
    this.root = root;
  }

  /// Whether each reference leads somewhere in the schema, and none leads back into itself.
  static boolean areNoneIn(JsonNode schema) {
    return new Loops(schema).ends(schema);
  }

  private boolean ends(JsonNode schema) {
    if (done.contains(schema)) {
      return true;
    }
    if (open.size() == DEEPEST || !open.add(schema)) {
      return false;
    }
    var ends =
        schema.findValues(REFERENCE).stream()
            .allMatch(reference ->
                References.target(root, reference.asString("")).filter(this::ends).isPresent());
    open.remove(schema);
    done.add(schema);
    return ends;
  }
}
