package io.onebalance.console;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RouteTableTest {
  @Test
  void the_description_and_the_table_tell_of_the_same_routes(@TempDir Path dir) {
    try (var open = OpenConsole.in(dir, new PretendTrials())) {
      var routes =
          open.console.routes().stream()
              .map(route -> route.method() + " " + route.pattern().text())
              .filter(route -> route.contains(" /api/") || route.contains(" /test/"))
              .collect(Collectors.toSet());

      assertThat(described(open.get("/api/openapi.yaml").text())).isEqualTo(routes);
    }
  }

  /// What the console does not own, the data plane answers.
  @Test
  void each_route_leads_to_the_console(@TempDir Path dir) {
    try (var open = OpenConsole.in(dir, new PretendTrials())) {
      assertThat(open.console.routes())
          .extracting(route -> route.pattern().text().replaceAll("\\{[a-z]+}", "some"))
          .allMatch(open.console::owns);
    }
  }

  private static Set<String> described(String yaml) {
    var root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    var found = new TreeSet<String>();
    ((Map<?, ?>) requireNonNull(root.get("paths")))
        .forEach((path, item) ->
            ((Map<?, ?>) item)
                .keySet().stream()
                    .map(Object::toString)
                    .filter(method -> !method.equals("parameters"))
                    .forEach(method -> found.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    return found;
  }
}
