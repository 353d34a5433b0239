package io.onebalance.relay.matrix;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An answer of a provider as it comes over the wire, and the first word of what it means.
record Golden(String means, int status, List<String> fields, Buffer body) {
  private static final Path ROOM = Path.of("src/test/resources/provider/golden");
  private static final String MEANS = "# → ";

  /// All answers of a provider by what they mean, each in the order of their names.
  static Map<String, List<Golden>> of(String provider) {
    var found = new TreeMap<String, List<Golden>>();
    try (var files = Files.list(ROOM.resolve(provider))) {
      for (var file : files.sorted().toList()) {
        var golden = read(Files.readAllLines(file));
        found.computeIfAbsent(golden.means, _ -> new ArrayList<>()).add(golden);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return found;
  }

  private static Golden read(List<String> lines) {
    var means = lines.stream().filter(line -> line.startsWith(MEANS)).findFirst().orElseThrow();
    var rest = lines.stream().dropWhile(line -> line.startsWith("#")).toList();
    var end = rest.indexOf("");
    return new Golden(
        means.substring(MEANS.length()).split("[: ]", 2)[0],
        Integer.parseInt(rest.getFirst().split(" ", 3)[1]),
        rest.subList(1, end),
        Buffer.buffer(String.join("\n", rest.subList(end + 1, rest.size())) + "\n"));
  }
}
