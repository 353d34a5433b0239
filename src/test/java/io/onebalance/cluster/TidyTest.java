package io.onebalance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.Rig;
import io.onebalance.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What nobody needs any more goes from a server, also from the oldest that may be used.
class TidyTest {
  private static final Pattern DERIVED = Pattern.compile("\\b(FROM|USING|JOIN)\\s*\\(\\s*SELECT");
  private static final Pattern NAMED = Pattern.compile("\\s*(AS\\s+)?[a-z]\\w*");

  @TempDir Path dir;

  @Test
  @DisplayName("what one table refuses keeps no other from being tidied")
  void one_table_refuses() {
    try (var rig = Rig.in(Store.POSTGRESQL, dir)) {
      rig.outside(
          "INSERT INTO uses (instance, used_at, told_at, told)"
              + " VALUES ('gone', now(), now() - INTERVAL '1 hour', '{}')");
      rig.outside("ALTER TABLE spendings RENAME COLUMN told_at TO another");
      try (var cluster = Cluster.of(rig.database, () -> {}).orElseThrow()) {
        cluster.tidy();
        assertThat(rig.ask("SELECT COUNT(*) FROM uses")).isEqualTo("0");
      }
    }
  }

  /// PostgreSQL before 16 refuses one in FROM without a name; tests run on a newer one.
  @Test
  void each_subquery_has_a_name() throws IOException {
    var nameless = new ArrayList<String>();
    try (var files = Files.walk(Path.of("src/main/java/io/onebalance"))) {
      for (var file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        var text = Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
        var found = DERIVED.matcher(text);
        while (found.find()) {
          var end = end(text, text.indexOf('(', found.start(1)));
          if (!NAMED.matcher(text).region(end, text.length()).lookingAt()) {
            nameless.add(file.getFileName() + ": " + text.substring(found.start(), end));
          }
        }
      }
    }
    assertThat(nameless).isEmpty();
  }

  /// Behind the bracket that closes this one.
  private static int end(String text, int open) {
    var depth = 0;
    for (var at = open; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(' -> depth++;
        case ')' -> depth--;
        default -> {} // all else opens and closes nothing
      }
      if (depth == 0) {
        return at + 1;
      }
    }
    return text.length();
  }
}
