package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every Java source is written as google-java-format writes it. A test, not a Maven plugin,
/// because the formatter needs a JDK 25 and Maven may run on an older one; so it is never skipped.
class FormatTest {
  @Test
  void every_source_is_formatted() throws Exception {
    assertThat(unformatted(sources())).as("files that `./dev fmt` would change").isEmpty();
  }

  /// What the formatter's own command line says it would change, so that both always agree.
  private static List<String> unformatted(List<String> sources) throws Exception {
    var changed = new StringWriter();
    var errors = new StringWriter();
    var arguments = Stream.concat(Stream.of("--dry-run"), sources.stream()).toArray(String[]::new);
    new Main(new PrintWriter(changed), new PrintWriter(errors), System.in).format(arguments);
    assertThat(errors.toString()).as("what the formatter could not read").isEmpty();
    return changed.toString().lines().toList();
  }

  private static List<String> sources() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      var found =
          files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().toList();
      assertThat(found).as("Java files under src").isNotEmpty();
      return found;
    }
  }
}
