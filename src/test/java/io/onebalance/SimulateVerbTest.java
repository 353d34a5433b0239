package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Vet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `simulate` as it is typed.
class SimulateVerbTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void files() throws IOException {
    Files.writeString(
        dir.resolve("day.yaml"),
        """
        title: a short day
        duration: 10m
        quotas: {free: {requests-per-minute: 10}}
        keys: {count: 5, quota: free}
        load: {rate: 60% of minute}
        faults: {from: 5m, lasts: 10s}
        """);
    Files.writeString(dir.resolve("bad.yaml"), "quotas:\n  free: {requests: 10}\n");
    Files.writeString(
        dir.resolve("log.csv"), "at,model,status\n1772000000,gpt,200\n1772000001,gpt,429\n");
    Files.writeString(dir.resolve("bad.csv"), "at,model\nnoon,gpt\n");
  }

  @Test
  void policies_stand_side_by_side() {
    assertThat(run("simulate day.yaml --policy ours --policy round-robin --time")).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^ +ours +round-robin$")
        .contains("served of possible", "attempts per served", "time in cooldown", "a choice")
        .contains("ours: overloaded for 10 s: asked ");
  }

  @Test
  void the_same_is_told_each_time() {
    run("simulate day.yaml --seed 5");
    var first = out.toString();
    out.getBuffer().setLength(0);
    run("simulate day.yaml --seed 5");
    assertThat(out).hasToString(first);
  }

  @Test
  void a_picture_is_written_as_svg_or_as_a_page() throws IOException {
    assertThat(run("simulate day.yaml --chart a.svg")).isZero();
    assertThat(run("simulate day.yaml --chart a.html")).isZero();
    assertThat(Files.readString(dir.resolve("a.svg"))).startsWith("<svg ");
    assertThat(Files.readString(dir.resolve("a.html"))).contains("<svg ", "a short day");
  }

  @Test
  void the_keys_that_a_load_needs_are_told() {
    assertThat(run("simulate day.yaml --need 95%")).isZero();
    assertThat(out.toString())
        .containsPattern("To serve 95.00 % of the requests, \\d+ keys are needed; .* has 5\\.");
  }

  @Test
  void a_log_is_played_once_more() {
    assertThat(run("simulate day.yaml --replay log.csv")).isZero();
    assertThat(out.toString()).containsPattern("(?m)^requests +2$");
  }

  @Test
  void a_log_is_played_as_the_server_exports_it() throws Exception {
    try (var running = Running.in(dir.resolve("server"))) {
      running.keys("groq", "gsk_0123456789abcdef0123456789");
      var chat = "{\"model\":\"groq/llama\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
      for (var i = 0; i < 3; i++) {
        assertThat(running.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
      }
      var exported = "";
      while (exported.lines().count() < 1 + 3) { // written behind
        exported = running.get("/api/requests?format=csv").body();
      }
      Files.writeString(dir.resolve("requests.csv"), exported);
    }
    assertThat(run("simulate day.yaml --replay requests.csv")).as(err.toString()).isZero();
    assertThat(out.toString()).containsPattern("(?m)^requests +3$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "simulate | Missing required parameter: 'FILE'",
        "simulate nowhere.yaml | there is no file nowhere.yaml",
        "simulate bad.yaml | line 2: quotas.free: there is no limit; allowed: 'requests-per-minute",
        "simulate day.yaml --policy best | --policy is best; allowed: ours, one-balance",
        "simulate day.yaml --chart a.png | --chart is a.png; allowed: a file that ends in .svg",
        "simulate day.yaml --need 101% | --need is 101%; allowed: a percentage up to 100",
        "simulate day.yaml --seed x | --seed",
        "simulate day.yaml --replay bad.csv | line 2: 'at' of the request log is 'noon'",
      })
  void wrong_usage_is_named(String line, String told) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString()).contains(told);
  }

  private int run(String line) {
    var shell =
        new Shell(
            dir,
            Map.of(),
            new PrintWriter(out),
            new PrintWriter(err),
            new SecureRandom(),
            Vet.NOTHING);
    var simulating = new VirtualDays(() -> 0);
    return new Verbs(shell, "1", Pretence.powers(simulating)).run(line.split(" ", -1));
  }
}
