package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.store.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `one-balance migrate` between servers that count, in processes of their own.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
class MigrateTest {
  private static final int ASKED = 20;

  @TempDir Path dir;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  @DisplayName("P16 what was counted on a file is counted once on a server, and so on the way back")
  void counted_once() {
    environment.put("MASTER_KEY", Instances.MASTER);
    environment.put("AUTH_KEY", Running.AUTH);
    var server = PostgresServer.urlFor(dir);
    assertThat(afterAsking(0)).isEqualTo(ASKED);
    migrate(server);
    environment.put("DATABASE_URL", server);
    assertThat(afterAsking(ASKED)).isEqualTo(2 * ASKED);
    migrate("sqlite:{data}/back.db");
    environment.put("DATABASE_URL", "sqlite:{data}/back.db");
    assertThat(afterAsking(2 * ASKED)).isEqualTo(3 * ASKED);
  }

  /// A table that somebody holds is the place where it is killed.
  @Test
  @DisplayName("P16 killed midway, nothing serves from the target until it has gone on to its end")
  void killed_midway() throws Exception {
    environment.put("MASTER_KEY", Instances.MASTER);
    environment.put("AUTH_KEY", Running.AUTH);
    var server = PostgresServer.urlFor(dir);
    try (var child = Child.serving(dir, environment)) {
      assertThat(child.post("/api/keys/add/groq", Running.AUTH, "text/plain", "gsk-1").body())
          .contains("\"added\":1");
    }
    try (var outsider = PostgresServer.connect(PostgresServer.databaseFor(dir));
        var statement = outsider.createStatement();
        var verb = Child.running(dir, environment, "migrate", "--to", server)) {
      outsider.setAutoCommit(false);
      statement.execute("LOCK TABLE audit IN EXCLUSIVE MODE");
      while (!isAwaited()) {
        assertThat(verb.lives()).as(verb.printed()).isTrue();
      }
      verb.kill();
      outsider.rollback();
    }
    var there = new HashMap<>(environment);
    there.put("DATABASE_URL", server);
    try (var refused = Child.starting(dir, there)) {
      assertThat(refused.exit()).isNotZero();
      assertThat(refused.printed()).contains("has not ended");
    }
    migrate(server, "--resume");
    try (var child = Child.serving(dir, there)) {
      assertThat(child.get("/api/keys", Running.AUTH).body()).contains("\"total\":1");
    }
  }

  private boolean isAwaited() throws SQLException {
    try (var looking = PostgresServer.connect(PostgresServer.databaseFor(dir));
        var statement = looking.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation ="
                    + " 'audit'::regclass")) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }

  /// How many requests are counted in the end, of so many at the beginning and some more.
  private int afterAsking(int before) {
    try (var child = Child.serving(dir, environment)) {
      assertThat(counted(child)).isEqualTo(before);
      for (var i = 0; i < ASKED; i++) {
        var chat = FarProvider.chat("sandbox/echo", false);
        var answer = child.post("/v1/chat/completions", Running.AUTH, "application/json", chat);
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      var counted = counted(child);
      while (counted < before + ASKED) {
        counted = counted(child);
      }
      child.signal("TERM");
      assertThat(child.exit()).isZero();
      return counted;
    }
  }

  private static int counted(Child at) {
    var usage = JsonMapper.shared().readTree(at.get("/api/usage", Running.AUTH).body());
    return usage.path("totals").path("requests").asInt();
  }

  private void migrate(String to, String... more) {
    var words = Stream.concat(Stream.of("migrate", "--to", to), Stream.of(more));
    try (var verb = Child.running(dir, environment, words.toArray(String[]::new))) {
      assertThat(verb.exit()).as(verb.printed()).isZero();
      assertThat(verb.printed()).contains("the same in both", "Done.");
    }
  }
}
