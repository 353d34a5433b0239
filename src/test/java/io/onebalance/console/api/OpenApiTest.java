package io.onebalance.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The description against itself; against the route table it is checked beside the table.
class OpenApiTest {
  @Test
  void every_reference_leads_somewhere() {
    var yaml = load();
    var found = new TreeSet<String>();
    references(yaml, found);

    assertThat(found).isNotEmpty().allSatisfy(ref -> assertThat(at(yaml, ref)).as(ref).isNotNull());
  }

  private static @Nullable Object at(Object root, String reference) {
    @Nullable Object node = root;
    for (var name : reference.substring(2).split("/", -1)) {
      node = node instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return node;
  }

  private static void references(Object node, Set<String> found) {
    switch (node) {
      case Map<?, ?> map ->
          map.forEach((name, value) -> {
            if (name.equals("$ref")) {
              found.add((String) value);
            }
            references(value, found);
          });
      case Iterable<?> list -> list.forEach(value -> references(value, found));
      case null, default -> {}
    }
  }

  private static Map<?, ?> load() {
    var text = OpenApiTest.class.getResourceAsStream("/console/openapi.yaml");
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(text);
  }
}
