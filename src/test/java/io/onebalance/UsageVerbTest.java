package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Vet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `usage` against the whole program, which has carried nothing yet.
class UsageVerbTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void usage_is_shown_as_a_table_and_as_csv() {
    try (var running = Running.in(dir)) {
      var there = "--url " + running.url() + " --auth-key " + Running.AUTH;
      assertThat(run("usage " + there)).isZero();
      assertThat(out.toString().lines().findFirst().orElseThrow())
          .matches("[0-9-]{10}( \\d\\d:00)? to [0-9-]{10}( 00:00)?,( whole days)? in UTC");
      assertThat(out.toString().lines().skip(1))
          .containsExactly(
              "PROVIDER  MODEL  REQUESTS  ERRORS  ATTEMPTS  INPUT  CACHED  OUTPUT  REASONING      "
                  + " COST",
              "total                   0       0         0      0       0       0          0 "
                  + " $0.000000");
      out.getBuffer().setLength(0);
      assertThat(run("usage --csv --by day " + there)).isZero();
      assertThat(out.toString()).startsWith("day,requests,errors,").hasLineCount(1);
    }
  }

  @Test
  void whoever_says_no_time_is_shown_what_is_kept() {
    try (var running = Running.in(dir)) {
      var there = " --url " + running.url() + " --auth-key " + Running.AUTH;
      for (var by : List.of("minute,model", "hour,key", "hour,provider", "day", "gateway_key")) {
        assertThat(run("usage --by " + by + there)).as(err.toString()).isZero();
      }
    }
  }

  @Test
  void usage_of_one_key_is_that_keys() {
    try (var running = Running.in(dir)) {
      var there = " --url " + running.url() + " --auth-key " + Running.AUTH;
      var chat =
          "{\"model\":\"sandbox/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
      assertThat(running.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
      while (!out.toString().contains("sandbox")) {
        assertThat(run("usage --csv --by key,provider" + there)).as(err.toString()).isZero();
      }
      var key = out.toString().lines().filter(line -> line.contains("sandbox")).findFirst();
      out.getBuffer().setLength(0);
      assertThat(run("usage --csv --key none" + there)).isZero();
      assertThat(out.toString()).as("only the head").hasLineCount(1);
      assertThat(run("usage --csv --key " + key.orElseThrow().split(",", -1)[0] + there)).isZero();
      assertThat(out.toString()).contains("sandbox");
    }
  }

  @Test
  void what_the_server_refuses_is_told() {
    try (var running = Running.in(dir)) {
      var there = "--url " + running.url() + " --auth-key ";
      assertThat(run("usage --by colour " + there + Running.AUTH)).isEqualTo(2);
      assertThat(err.toString()).contains("'by' must be one or two");
      assertThat(run("usage " + there + Running.RESTRICTED)).isEqualTo(1);
      assertThat(err.toString()).contains(running.url() + " refused: ").doesNotContain("Exception");
      assertThat(run("usage")).isEqualTo(1);
      assertThat(err.toString()).contains("--auth-key");
    }
  }

  private int run(String line) {
    var shell =
        new Shell(
            dir.resolve("elsewhere"),
            Map.of(),
            new PrintWriter(out),
            new PrintWriter(err),
            new SecureRandom(),
            Vet.NOTHING);
    return new Verbs(shell, "1", Pretence.powers()).run(line.split(" ", -1));
  }
}
