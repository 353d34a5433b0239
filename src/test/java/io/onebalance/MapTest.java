package io.onebalance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The map of the house: which room knows which.
class MapTest {
  /// A line here is the only permission one room has to know another. `Main` knows every room and
  /// no room knows `Main`.
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          room("access", "http", "secret"),
          room("alert", "http", "secret", "upstream"),
          room("chat"),
          room("cluster", "store"),
          room("cli", "files", "provider", "secret", "settings", "store", "sync"),
          room(
              "console",
              "access",
              "http",
              "key",
              "ledger",
              "provider",
              "secret",
              "server",
              "store"),
          room("dialect", "chat", "sse"),
          room("files"),
          room("http"),
          room("key", "provider", "secret"),
          room("ledger", "files"),
          room("loop"),
          room("metrics", "ledger"),
          room(
              "program",
              "access",
              "alert",
              "cluster",
              "console",
              "http",
              "key",
              "ledger",
              "loop",
              "metrics",
              "proof",
              "provider",
              "relay",
              "route",
              "sandbox",
              "secret",
              "server",
              "settings",
              "store",
              "trace",
              "upkeep",
              "upstream"),
          room("proof", "http", "provider", "secret", "upstream"),
          room("provider", "http", "secret"),
          room(
              "relay",
              "access",
              "chat",
              "dialect",
              "http",
              "key",
              "ledger",
              "proof",
              "provider",
              "route",
              "secret",
              "sse",
              "upstream"),
          room("route", "http"),
          room("sandbox"),
          room("secret"),
          room("server", "http", "loop"),
          room("settings", "access", "files", "secret"),
          room("simulate", "key", "provider", "secret", "settings"),
          room("sse"),
          room("store", "access", "files", "key", "ledger", "secret"),
          room("trace", "ledger", "secret"),
          room("sync", "files", "provider", "secret"),
          room(
              "upkeep",
              "dialect",
              "http",
              "key",
              "proof",
              "provider",
              "secret",
              "store",
              "upstream"),
          room("upstream", "http", "loop"));

  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);

  @Test
  void rooms_know_exactly_the_rooms_on_the_map() {
    var known = House.asCompiled().acquaintances();
    var map = new TreeMap<>(MAY_KNOW);
    map.keySet().removeIf(MapTest::isEmpty); // a room is held to its line once it has a class
    known.keySet().removeIf(MapTest::isEmpty);
    assertThat(known)
        .as("equal, not within, so that the map cannot go stale. As built:\n%s", written(known))
        .isEqualTo(map);
  }

  @Test
  void every_room_is_on_the_map_and_the_map_has_no_other() throws IOException {
    try (var rooms = Files.list(Path.of("src/main/java/io/onebalance"))) {
      var names = rooms.filter(Files::isDirectory).map(room -> room.getFileName().toString());
      assertThat(names).containsExactlyInAnyOrderElementsOf(MAY_KNOW.keySet());
    }
  }

  @Test
  void no_room_knows_main() {
    assertThat(House.asCompiled().whoKnowMain()).isEmpty();
  }

  @Test
  void no_two_packages_know_each_other_both_ways() {
    assertThat(House.asCompiled().circles()).isEmpty();
  }

  /// A request goes through them in this order, so none may know one that comes after it.
  @Test
  void the_steps_of_the_relay_know_only_the_steps_before_them() {
    assertThat(House.asCompiled().acquaintancesWithin("relay"))
        .isEqualTo(
            Map.of(
                "exchange", Set.of(),
                "translate", Set.of("exchange"),
                "plan", Set.of("exchange", "translate"),
                "cache", Set.of("exchange", "plan"),
                "ask", Set.of("exchange", "plan"),
                "tell", Set.of("ask", "exchange", "plan", "translate"),
                "models", Set.of("ask", "exchange", "plan"),
                "calls", Set.of("ask", "exchange", "plan", "tell", "translate"),
                "socket", Set.of("ask", "exchange", "plan", "tell"),
                "",
                    Set.of(
                        "ask",
                        "cache",
                        "calls",
                        "exchange",
                        "models",
                        "plan",
                        "socket",
                        "tell",
                        "translate")));
  }

  /// What is further from the choice knows nothing of what is nearer to it.
  @Test
  void the_parts_of_the_keys_know_only_what_lies_below_them() {
    assertThat(House.asCompiled().acquaintancesWithin("key"))
        .isEqualTo(
            Map.of(
                "turn", Set.of(),
                "quota", Set.of(),
                "event", Set.of(),
                "why", Set.of("quota"),
                "", Set.of("quota"),
                "roster", Set.of("", "event", "quota", "turn"),
                "lane", Set.of("", "quota", "roster", "turn", "why"),
                "pool", Set.of("", "event", "lane", "quota", "roster", "why"),
                "queue", Set.of("", "pool", "quota")));
  }

  @Test
  void architecture_md_shows_the_same_map() throws IOException {
    var table = new TreeMap<String, Set<String>>();
    var rows = ROW.matcher(Files.readString(Path.of("ARCHITECTURE.md")));
    while (rows.find()) {
      table.put(rows.group(1), names(rows.group(2)));
    }
    assertThat(table)
        .as("the last column of ARCHITECTURE.md's table of rooms; `—` stands for none")
        .isEqualTo(new TreeMap<>(MAY_KNOW));
  }

  /// Whether nothing was written in a room yet but what it is for.
  private static boolean isEmpty(String room) {
    try (var files = Files.walk(Path.of("src/main/java/io/onebalance", room))) {
      return files
          .map(file -> file.getFileName().toString())
          .noneMatch(name -> name.endsWith(".java") && !name.equals("package-info.java"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Set<String> names(String column) {
    var names = new TreeSet<String>();
    for (var name : column.strip().split(", ", -1)) {
      names.add(name);
    }
    names.remove("—");
    return names;
  }

  private static Map.Entry<String, Set<String>> room(String name, String... knows) {
    return Map.entry(name, new TreeSet<>(Set.of(knows)));
  }

  /// The map in the shape of the lines above, to be pasted once the change is meant.
  private static String written(Map<String, Set<String>> map) {
    return map.entrySet().stream()
        .map(room -> Stream.concat(Stream.of(room.getKey()), room.getValue().stream()))
        .map(names -> names.map(MapTest::quoted).collect(joining(", ", "room(", "),")))
        .collect(joining("\n"));
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
