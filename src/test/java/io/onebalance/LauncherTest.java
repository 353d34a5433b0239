package io.onebalance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `./one-balance` in a folder of its own, with pretend JDKs and a pretend Maven: no network, no
/// real build.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has one-balance.cmd")
class LauncherTest {
  private static final String MAVEN =
      """
      echo '[INFO] --- compiler:3.16.0:compile (default-compile) @ one-balance ---'
      echo "built with $JAVA_HOME: $*" >>built
      mkdir -p target/fast
      echo jar >target/fast/one-balance.jar
      """;

  @TempDir Path folder;
  private Path house;
  private Path system;
  private Path user;

  @BeforeEach
  void lay_out_a_clone_with_a_space_in_its_path() throws Exception {
    house = Files.createDirectories(folder.resolve("a clone"));
    system = Files.createDirectories(folder.resolve("system"));
    user = Files.createDirectories(folder.resolve("user"));
    executable(house.resolve("one-balance"), Files.readString(Path.of("one-balance")));
    executable(house.resolve("mvnw"), "#!/bin/sh\n" + MAVEN);
    Files.createDirectories(house.resolve("src/main"));
    Files.writeString(house.resolve("pom.xml"), "<project/>");
  }

  @Test
  void takes_java_home_when_it_is_new_enough() throws Exception {
    var home = jdk(folder.resolve("my jdk"), "25.0.1");
    jdk(system.resolve("usr/lib/jvm/jdk-26"), "26");
    assertThat(run(List.of("JAVA_HOME=" + home)).said()).contains("ran " + real(home));
  }

  @Test
  void looks_further_when_java_home_is_too_old() throws Exception {
    var old = jdk(folder.resolve("old"), "17.0.15");
    var young = jdk(system.resolve("usr/lib/jvm/temurin-25"), "25.0.3");
    assertThat(run(List.of("JAVA_HOME=" + old)).said()).contains("ran " + real(young));
  }

  @Test
  void finds_jdks_in_the_places_of_sdkman_idea_and_macos() throws Exception {
    for (var place :
        List.of(
            user.resolve(".sdkman/candidates/java/25-tem"),
            user.resolve(".jdks/openjdk-25"),
            system.resolve("Library/Java/JavaVirtualMachines/jdk 25/Contents/Home"),
            system.resolve("opt/jdk-25"))) {
      var home = jdk(place, "25");
      assertThat(run(List.of()).said()).contains("ran " + real(home));
      Files.delete(home.resolve("bin/java"));
    }
  }

  @Test
  void asks_a_java_on_the_path_that_has_no_release_file() throws Exception {
    var home = jdk(folder.resolve("early"), "26-ea");
    Files.delete(home.resolve("release"));
    assertThat(run(List.of("PATH=" + home.resolve("bin") + ":/usr/bin:/bin")).said())
        .contains("ran " + real(home));
  }

  @Test
  void names_what_it_found_when_nothing_is_new_enough() throws Exception {
    jdk(system.resolve("usr/lib/jvm/seventeen"), "17.0.15");
    var bare = jdk(system.resolve("usr/lib/jvm/jre"), "25.0.3");
    Files.delete(bare.resolve("bin/javac"));
    var ran = run(List.of());
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.said())
        .contains(
            "a JDK 25 or later is needed", "Java 17.0.15 in", "Java 25.0.3 without a compiler")
        .contains("set JAVA_HOME");
  }

  @Test
  void says_that_there_is_no_java_at_all() throws Exception {
    assertThat(run(List.of()).said()).contains("found no Java at all");
  }

  @Test
  void builds_once_and_again_only_when_a_source_is_newer() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    assertThat(run(List.of()).said()).contains("building", "classes", "ran ");
    assertThat(run(List.of()).said()).doesNotContain("building");
    Files.setLastModifiedTime(
        house.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run(List.of()).said()).contains("building");
    assertThat(builds()).hasSize(2).allSatisfy(build -> assertThat(build).contains("-Dfast"));
  }

  @Test
  void passes_arguments_and_java_opts_on_and_ends_as_java_ends() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    var ran = run(List.of("JAVA_OPTS=-Xmx1g -Da=*", "ENDS=7"), "keys", "two words", "");
    assertThat(ran.said())
        .contains("<-XX:+ExitOnOutOfMemoryError>", "<-Xmx1g>", "<-Da=*>")
        .contains("<keys><two words><>");
    assertThat(ran.status()).isEqualTo(7);
  }

  @Test
  void works_through_a_symbolic_link_from_another_folder() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    var bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("real"), Path.of("../a clone/one-balance"));
    Files.createSymbolicLink(bin.resolve("ob"), Path.of("real"));
    var ran = finish(start(bin.resolve("ob"), List.of()));
    assertThat(ran.said()).contains("<" + real(house).resolve("target/one-balance.jar") + ">");
  }

  @Test
  void prefers_a_release_jar_beside_it_and_needs_no_compiler_then() throws Exception {
    Files.delete(jdk(system.resolve("opt/jre"), "25").resolve("bin/javac"));
    Files.writeString(house.resolve("one-balance-1.2.0.jar"), "jar");
    assertThat(run(List.of()).said()).contains("one-balance-1.2.0.jar>").doesNotContain("building");
  }

  @Test
  void two_at_once_build_once() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    executable(
        house.resolve("mvnw"), "#!/bin/sh\nuntil [ -e gate ]; do sleep 0.05; done\n" + MAVEN);
    var first = start(house.resolve("one-balance"), List.of());
    var second = start(house.resolve("one-balance"), List.of());
    assertThat(List.of(firstLine(first), firstLine(second)))
        .anySatisfy(line -> assertThat(line).contains("building with Java 25"))
        .anySatisfy(line -> assertThat(line).contains("waiting for the build of another"));
    Files.writeString(house.resolve("gate"), "open");
    assertThat(finish(first).said()).contains("ran ");
    assertThat(finish(second).said()).contains("ran ");
    assertThat(builds()).hasSize(1);
  }

  @Test
  void takes_over_the_lock_of_a_launcher_that_died() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(house.resolve("target"));
    Files.createSymbolicLink(house.resolve("target/.building"), Path.of("" + dead.pid()));
    assertThat(run(List.of()).said()).contains("ran ");
    assertThat(Files.isSymbolicLink(house.resolve("target/.building"))).isFalse();
  }

  @Test
  void explains_a_missing_network_a_full_disk_and_a_broken_source() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    assertThat(
            runWithMavenSaying("[ERROR] Could not transfer artifact a:b: Unknown host repo").said())
        .contains("no network", "release jar");
    assertThat(runWithMavenSaying("[ERROR] write: No space left on device").said())
        .contains("the disk is full");
    var broken = runWithMavenSaying("[ERROR] Main.java:[3,1] ';' expected");
    assertThat(broken.said()).contains("';' expected", "the build failed", "launcher.log");
    assertThat(broken.status()).isEqualTo(1);
  }

  @Test
  void a_start_makes_the_cache_for_the_next_ones_beside_itself() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    assertThat(run(List.of()).said()).doesNotContain("AOTCache");
    var first = cacheMadeBy(() -> run(List.of("ONE_BALANCE_CACHE_AFTER=0")));
    assertThat(run(List.of(), "version").said()).contains("<-XX:AOTCache=" + first + ">");
  }

  @Test
  void a_new_jar_and_a_new_java_get_a_cache_of_their_own() throws Exception {
    jdk(system.resolve("opt/jdk"), "25");
    run(List.of());
    var first = cacheMadeBy(() -> run(List.of("ONE_BALANCE_CACHE_AFTER=0")));
    Files.writeString(house.resolve("target/one-balance.jar"), "another jar");
    assertThat(run(List.of()).said()).doesNotContain("AOTCache");
    var second = cacheMadeBy(() -> run(List.of("ONE_BALANCE_CACHE_AFTER=0")));
    assertThat(second).isNotEqualTo(first);
    jdk(system.resolve("opt/jdk"), "25.0.1");
    assertThat(run(List.of()).said()).doesNotContain("AOTCache");
  }

  @Test
  void a_cache_that_cannot_be_made_is_no_trouble() throws Exception {
    var home = jdk(system.resolve("opt/jdk"), "25");
    run(List.of());
    executable(
        withoutJava().resolve("cksum"), "#!/bin/sh\necho 'cksum: not found' >&2\nexit 127\n");
    executable(withoutJava().resolve("nice"), "#!/bin/sh\nexit 127\n");
    var ran = run(List.of("ONE_BALANCE_CACHE_AFTER=0"));
    assertThat(ran.said()).contains("ran " + real(home)).doesNotContain("not found");
    assertThat(ran.status()).isZero();
  }

  /// The cache that this start makes; what the folder is told of comes after the file has its name.
  private Path cacheMadeBy(Callable<Ran> start) throws Exception {
    var target = house.resolve("target").toRealPath();
    try (var watch = target.getFileSystem().newWatchService()) {
      target.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      start.call();
      while (true) {
        var told = Objects.requireNonNull(watch.poll(60, TimeUnit.SECONDS), "no cache was made");
        for (var event : told.pollEvents()) {
          if (event.context() instanceof Path made && made.toString().endsWith(".aot")) {
            return target.resolve(made);
          }
        }
        told.reset();
      }
    }
  }

  private Ran runWithMavenSaying(String line) throws Exception {
    executable(house.resolve("mvnw"), "#!/bin/sh\necho \"" + line + "\"\nexit 1\n");
    return run(List.of());
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(house.resolve("built"));
  }

  private Ran run(List<String> environment, String... arguments) throws Exception {
    return finish(start(house.resolve("one-balance"), environment, arguments));
  }

  private Process start(Path launcher, List<String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    var variables = builder.environment();
    variables.clear();
    variables.put("PATH", Files.createDirectories(folder.resolve("empty")) + ":" + withoutJava());
    variables.put("HOME", user.toString());
    variables.put("ONE_BALANCE_ROOT", system.toString());
    variables.put("ONE_BALANCE_CACHE_AFTER", "never");
    for (var pair : environment) {
      var equals = pair.indexOf('=');
      variables.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return builder.start();
  }

  private static String firstLine(Process process) throws IOException {
    var line = new StringBuilder();
    var next = process.getInputStream().read();
    while (next >= ' ') {
      line.append((char) next);
      next = process.getInputStream().read();
    }
    return line.toString();
  }

  private record Ran(String said, int status) {}

  private static Ran finish(Process process) throws Exception {
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(said, process.exitValue());
  }

  /// A folder with the tools that a launcher may count on, and to no Java.
  private Path withoutJava() throws IOException {
    var tools = Files.createDirectories(folder.resolve("tools"));
    for (var tool :
        List.of(
            "sh",
            "readlink",
            "sed",
            "head",
            "find",
            "mkdir",
            "ln",
            "rm",
            "mv",
            "touch",
            "grep",
            "awk",
            "df",
            "tail",
            "ls",
            "cksum",
            "nice",
            "sleep",
            "cat")) {
      for (var place : List.of("/bin/", "/usr/bin/")) {
        var link = tools.resolve(tool);
        if (Files.isExecutable(Path.of(place + tool)) && !Files.exists(link)) {
          executable(link, "#!/bin/sh\nexec " + place + tool + " \"$@\"\n");
        }
      }
    }
    return tools;
  }

  private static Path jdk(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit; fi
        for word in "$@"; do
          case $word in
            -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;;
          esac
        done
        echo "ran ${0%%/bin/java}"
        printf '<%%s>' "$@"
        exit ${ENDS-0}
        """
            .formatted(version));
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path real(Path path) throws IOException {
    return path.toRealPath();
  }
}
