package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What lies in `deploy`: each file as its own tool reads it, where this machine has that tool.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the tools are those of Linux")
class TopologyTest {
  private static final Path DEPLOY = Path.of("deploy").toAbsolutePath();

  @TempDir Path dir;

  static Stream<Path> manifests() throws IOException {
    try (var files = Files.walk(DEPLOY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifests_are_yaml_without_doubled_keys(Path file) throws IOException {
    var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    var documents = new Load(settings).loadAllFromString(Files.readString(file));
    assertThat(documents).allSatisfy(one -> assertThat(one).isInstanceOfAny(Map.class, List.class));
  }

  @Test
  void the_three_of_compose_differ_in_their_volumes_only_and_nginx_knows_them() throws IOException {
    var services = services();
    var volumes = new ArrayList<Object>();
    for (var n = 1; n <= 3; n++) {
      var instance = new HashMap<>(map(services.get("one-balance-" + n)));
      volumes.add(instance.remove("volumes"));
      assertThat(map(instance.get("environment")))
          .containsKeys("AUTH_KEY", "MASTER_KEY", "DATABASE_URL");
      assertThat(Files.readString(DEPLOY.resolve("docker/nginx.conf")))
          .contains("server one-balance-" + n + ":8080");
    }
    assertThat(volumes).doesNotHaveDuplicates();
  }

  private static Map<Object, Object> services() throws IOException {
    var file = Files.readString(DEPLOY.resolve("docker/cluster.yaml"));
    var compose = map(new Load(LoadSettings.builder().build()).loadFromString(file));
    return map(compose.get("services"));
  }

  /// With what `<<` merges into it, as Compose reads it.
  private static Map<Object, Object> map(@Nullable Object node) {
    var plain = new HashMap<Object, Object>();
    var given = (Map<?, ?>) Objects.requireNonNull(node);
    if (given.get("<<") instanceof Map<?, ?> merged) {
      plain.putAll(merged);
    }
    given.forEach((key, value) -> {
      if (!"<<".equals(key)) {
        plain.put(key, value);
      }
    });
    return plain;
  }

  @Test
  void shell_scripts_hold_what_shellcheck_asks() throws Exception {
    runs("shellcheck", DEPLOY.resolve("act-out").toString());
  }

  @Test
  void systemd_understands_its_unit() throws Exception {
    var unit = dir.resolve("one-balance.service");
    var text = Files.readString(DEPLOY.resolve("systemd/one-balance.service"));
    Files.writeString(unit, text.replaceAll("ExecStart=\\S+", "ExecStart=/bin/sh"));
    runs("systemd-analyze", "verify", "--man=no", unit.toString());
  }

  @Test
  void manifests_hold_what_yamllint_asks() throws Exception {
    var rules =
        "{extends: relaxed, rules: {line-length: disable, braces: disable, brackets: disable}}";
    runs("yamllint", "--strict", "-d", rules, DEPLOY.toString());
  }

  @Test
  void kubernetes_knows_all_fields() throws Exception {
    var manifest = DEPLOY.resolve("kubernetes/statefulset.yaml");
    runs("kubernetes-validate", "--strict", manifest.toString());
    var text = Files.readString(manifest);
    var wrong =
        Files.writeString(dir.resolve("wrong.yaml"), text.replace("replicas:", "replicaz:"));
    assertThat(run(List.of("kubernetes-validate", "--strict", wrong.toString())).code())
        .isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "cluster.yaml"})
  void compose_knows_all_words(String name) throws Exception {
    var file = DEPLOY.resolve("docker").resolve(name).toString();
    runs("check-jsonschema", "--builtin-schema", "vendor.compose-spec", file);
  }

  @Test
  void the_image_holds_what_hadolint_asks() throws Exception {
    runs("hadolint", DEPLOY.resolve("docker/Dockerfile").toString());
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // it starts six processes and lets streams drip
  @DisplayName(
      "P15 the topology of Compose on this machine: a rolling restart under load fails no request")
  void acted_out() throws Exception {
    var program = dir.resolve("one-balance");
    var words = new ArrayList<>(StartCache.java(List.of()));
    words.add(Main.class.getName());
    var line = words.stream().collect(Collectors.joining("' '", "'", "'"));
    Files.writeString(program, "#!/bin/sh\nexec " + line + " \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var said = said(List.of(DEPLOY.resolve("act-out").toString(), program.toString()));
    if (said.contains("skipped")) {
      throw Needed.absent(said);
    }
    assertThat(said).contains("6 of them long streams, 0 failed");
  }

  private void runs(String tool, String... arguments) throws Exception {
    var found =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    if (!found) {
      throw Needed.absent("there is no " + tool + " here");
    }
    var command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(arguments));
    said(command);
  }

  private String said(List<String> command) throws Exception {
    var ended = run(command);
    assertThat(ended.code()).as(ended.said()).isZero();
    return ended.said();
  }

  private record Ended(int code, String said) {}

  private Ended run(List<String> command) throws Exception {
    var process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
