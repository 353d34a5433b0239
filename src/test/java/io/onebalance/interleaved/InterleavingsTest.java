package io.onebalance.interleaved;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What threads share behaves as if they came one after the other, however they interleave:
/// Lincheck tries the orders. It rewrites classes as they are loaded, so that it has a process of
/// its own.
class InterleavingsTest {
  private static final List<String> FLAGS =
      List.of(
          "-Xmx768m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+EnableDynamicAgentLoading",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.function=ALL-UNNAMED",
          "--add-opens=java.base/java.util.stream=ALL-UNNAMED");

  @Test
  @DisplayName("P23: the pool, the line and the budget of repeats keep their word in every order")
  void what_threads_share_keeps_its_word_in_every_order() throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Interleavings.class.getName());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains(Interleavings.DONE);
  }
}
