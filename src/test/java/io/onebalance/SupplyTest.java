package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the program is built of, and how.
class SupplyTest {
  private static final Pattern FLOOR =
      Pattern.compile("<exclude>([\\w.]+):([\\w-]+|netty-\\*|\\*):\\(,([\\d.]+)\\)</exclude>");

  /// Below this version there are known holes.
  private record Floor(String group, Pattern artifact, Version least) {
    boolean isAbout(Path jar) {
      var parts = jar.toString().replace(File.separatorChar, '/');
      return parts.contains("/" + group.replace('.', '/') + "/")
          && artifact.matcher(String.valueOf(jar.getFileName())).find();
    }

    boolean allows(Path jar) {
      var version =
          String.valueOf(jar.resolveSibling(".").normalize().getFileName())
              .replaceAll("[.-][A-Z].*", "");
      return Version.parse(version).compareTo(least) >= 0;
    }
  }

  private static String pom() throws IOException {
    return Files.readString(Path.of("pom.xml"));
  }

  private static List<Floor> floors() throws IOException {
    return FLOOR
        .matcher(pom())
        .results()
        .map(m ->
            new Floor(
                m.group(1),
                Pattern.compile("^" + m.group(2).replace("*", ".*")),
                Version.parse(m.group(3))))
        .toList();
  }

  @Test
  @DisplayName("S20 the build refuses libraries below the versions with known holes")
  void floors_are_held() throws IOException {
    assertThat(floors()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(pom()).contains("<bannedDependencies>", "<name>!fast</name>");
    var jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(path -> path.endsWith(".jar"))
            .map(Path::of)
            .filter(jar -> !jar.toString().contains("tcnative"))
            .toList();
    for (var floor : floors()) {
      assertThat(jars.stream().filter(floor::isAbout)).as(floor.toString()).allMatch(floor::allows);
    }
  }

  @Test
  @DisplayName("S30 each checked build writes a bill of materials, and says when it was made")
  void the_bill_and_the_time() throws IOException {
    assertThat(pom())
        .contains("<artifactId>cyclonedx-maven-plugin</artifactId>")
        .contains("<goal>makeAggregateBom</goal>")
        .containsPattern("<project.build.outputTimestamp>\\d{4}-\\d\\d-\\d\\dT");
    assertThat(Path.of("dev")).content().contains("cmp \"$first\" target/fast/one-balance.jar");
  }
}
