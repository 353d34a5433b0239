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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `one-balance gateway-keys` against a server that runs.
class GatewayKeysVerbTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void keys_are_issued_listed_rotated_and_revoked() {
    try (var running = Running.in(dir)) {
      assertThat(
              run(
                  running,
                  "add",
                  "phone",
                  "--groups",
                  "openai",
                  "--limits",
                  "requests_per_minute=6 concurrent=none",
                  "--expires",
                  "1900000000"))
          .isZero();
      assertThat(taken(out)).matches("ob-[A-Za-z0-9_-]{43}\\s+");
      assertThat(taken(err)).contains("'phone'", "shown once");
      assertThat(running.get("/api/gateway-keys").body())
          .contains("\"limits\":{\"requests_per_minute\":6,\"concurrent\":null}", "1900000000");
      assertThat(run(running)).isZero();
      assertThat(taken(out)).contains("key-1", "phone", "ob-…", "enabled", "openai");
      assertThat(run(running, "rotate", "phone", "--grace", "60")).isZero();
      assertThat(taken(out)).startsWith("ob-");
      assertThat(run(running, "revoke", "phone")).isZero();
      assertThat(taken(out)).startsWith("Revoked phone");
      assertThat(run(running, "list")).isZero();
      assertThat(taken(out)).doesNotContain("phone");
    }
  }

  @Test
  void what_is_wrong_is_named() {
    try (var running = Running.in(dir)) {
      assertThat(run(running, "rotate")).isEqualTo(2);
      assertThat(taken(err)).contains("Which key?");
      assertThat(run(running, "forget", "phone")).isEqualTo(2);
      assertThat(taken(err)).contains("'forget'", "list|add|rotate|revoke");
      assertThat(run(running, "add", "phone", "--groups", "*", "--limits", "rpm=x")).isEqualTo(2);
      assertThat(taken(err)).isEqualTo("--limits has 'rpm=x'; allowed: NAME=NUMBER, NAME=none\n");
      for (var limit : List.of("rpm", "rpm=", "=6", "rpm=1.5")) {
        assertThat(run(running, "add", "phone", "--groups", "*", "--limits", "a=1 " + limit))
            .isEqualTo(2);
        assertThat(taken(err)).startsWith("--limits has '" + limit + "'; allowed: NAME=NUMBER");
      }
      assertThat(run(running, "add", "phone", "--groups", "*", "--expires", "soon")).isEqualTo(2);
      assertThat(taken(err)).isEqualTo("--expires is 'soon'; allowed: a whole number of seconds\n");
      assertThat(run(running, "rotate", "phone", "--grace", "")).isEqualTo(2);
      assertThat(taken(err)).isEqualTo("--grace is ''; allowed: a whole number of seconds\n");
      assertThat(run(running, "add", "phone")).isEqualTo(2);
      assertThat(taken(err)).contains("the field 'groups' is missing");
      assertThat(run(running, "add", "phone", "--groups", "*", "--limits", "rpm=1")).isEqualTo(2);
      assertThat(taken(err)).contains("unknown field 'rpm'");
      assertThat(run(running, "revoke", "phone")).isEqualTo(1);
      assertThat(taken(err)).contains("no gateway key named 'phone'");
    }
  }

  private int run(Running running, String... words) {
    var line = new ArrayList<>(List.of("gateway-keys"));
    line.addAll(List.of(words));
    line.addAll(List.of("--url", running.url(), "--auth-key", Running.AUTH));
    var shell =
        new Shell(
            dir,
            Map.of(),
            new PrintWriter(out),
            new PrintWriter(err),
            new SecureRandom(),
            Vet.NOTHING);
    return new Verbs(shell, "1", Pretence.powers()).run(line.toArray(String[]::new));
  }

  private static String taken(StringWriter printed) {
    var text = printed.toString();
    printed.getBuffer().setLength(0);
    return text;
  }
}
