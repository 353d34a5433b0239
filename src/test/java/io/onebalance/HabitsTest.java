package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// House rules that a compiler does not know.
class HabitsTest {
  /// What opens a connection, a file or a database, by the full name of the class.
  private static final Pattern OUTSIDE_WORLD =
      Pattern.compile(
          "io\\.vertx\\..*|io\\.netty\\..*|java\\.sql\\..*|javax\\.sql\\..*|java\\.nio\\.channels\\..*"
              + "|java\\.net\\.(?!URI|URLEncoder|URLDecoder).*");

  /// What reads a clock or throws dice by itself, as class and method.
  private static final Pattern CLOCK_OR_CHANCE =
      Pattern.compile(
          "java\\.time\\.\\w+\\.(now|system\\w*|tick\\w*)"
              + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
              + "|java\\.lang\\.(Math\\.random|Thread\\.sleep)"
              + "|java\\.util\\.UUID\\.randomUUID|java\\.util\\.Random\\.<init>"
              + "|java\\.security\\.SecureRandom\\..*"
              + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\..*");

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Manager|Utils?|Helper|Impl|Service|Context)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http",
        "secret",
        "sse",
        "provider",
        "key",
        "access",
        "route",
        "chat",
        "dialect",
        "metrics",
        "simulate"
      })
  void pure_rooms_touch_no_socket_no_sql_no_clock_and_no_dice(String room) {
    assertThat(House.asCompiled().classesOf(room))
        .as("the classes of %s", room)
        .isNotEmpty()
        .allSatisfy(found -> assertThat(impurities(found)).as(found.getName()).isEmpty());
  }

  @Test
  void no_class_has_an_empty_name() {
    assertThat(House.asCompiled().classes())
        .extracting(JavaClass::getSimpleName)
        .noneMatch(name -> EMPTY_NAME.matcher(name).matches());
  }

  @Test
  void every_package_says_what_it_is_for_and_is_null_marked() throws IOException {
    try (var folders = Files.walk(Path.of("src/main/java/io/onebalance"))) {
      assertThat(folders.filter(Files::isDirectory))
          .allSatisfy(folder ->
              assertThat(folder.resolve("package-info.java"))
                  .content()
                  .startsWith("/// ")
                  .contains("\n@NullMarked\npackage "));
    }
  }

  private static List<String> impurities(JavaClass found) {
    var touched =
        found.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getName())
            .filter(name -> OUTSIDE_WORLD.matcher(name).matches());
    var asked =
        found.getAccessesFromSelf().stream()
            .map(HabitsTest::target)
            .filter(name -> CLOCK_OR_CHANCE.matcher(name).matches());
    return Stream.concat(touched, asked).distinct().toList();
  }

  private static String target(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + access.getTarget().getName();
  }
}
