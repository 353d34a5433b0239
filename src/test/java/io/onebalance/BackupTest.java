package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Vet;
import io.onebalance.store.PostgresServer;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `one-balance backup` while a server serves, and `restore` when none does.
class BackupTest {
  private static final String KEY = "gsk-canary-of-the-backup-0001";

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  @DisplayName("P16 a backup is consistent while keys are added, and comes back whole")
  void a_backup_is_taken_while_serving_and_comes_back() throws Exception {
    var server = dir.resolve("server");
    var stop = new AtomicBoolean();
    try (var running = Running.in(server).keys("groq", KEY)) {
      Files.writeString(server.resolve("data/auth-key"), "k".repeat(30));
      var adding =
          CompletableFuture.runAsync(() -> {
            for (var i = 0; !stop.get(); i++) {
              running.keys("openai", "sk-%d-a".formatted(i), "sk-%d-b".formatted(i));
            }
          });
      for (var i = 0; i < 5; i++) {
        assertThat(run("backup", dir.resolve("copy-" + i + ".db").toString())).isZero();
      }
      stop.set(true);
      adding.join();
      assertThat(taken())
          .contains(
              "Wrote ", "Not in it: the master key", server.resolve("data/auth-key").toString())
          .doesNotContain("canary");
      assertThat(run("restore", dir.resolve("copy-0.db").toString())).isEqualTo(1);
      assertThat(taken()).contains("one-balance.db.lock open already");
    }
    assertThat(IntStream.range(0, 5).mapToObj(i -> dir.resolve("copy-" + i + ".db")))
        .allSatisfy(copy -> {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
              .isEqualTo("rw-------");
          assertThat(run("restore", copy.toString())).isZero();
          try (var running = Running.in(server)) {
            assertThat(running.get("/api/keys?provider=groq").body()).contains("\"total\":1");
            var pairs = running.get("/api/keys?provider=openai&limit=1").body();
            assertThat(Long.parseLong(pairs.replaceAll("(?s).*\"total\":(\\d+).*", "$1")) % 2)
                .as("both keys of an addition are in a copy, or none")
                .isZero();
          }
        });
    assertThat(taken()).contains("What was there is kept as ");
  }

  @Test
  @DisplayName("F61 F65 a copy that is damaged or does not fit is refused, and nothing is changed")
  void what_does_not_fit_is_refused() throws Exception {
    var server = dir.resolve("server");
    try (var running = Running.in(server).keys("groq", KEY)) {
      assertThat(running.url()).isNotEmpty();
      assertThat(run("backup", "copy.db")).isZero();
      assertThat(run("backup", "copy.db")).isEqualTo(1);
      assertThat(taken()).contains("is there already and was left as it is");
    }
    var copy = dir.resolve("copy.db");
    var torn = Files.readAllBytes(copy);
    java.util.Arrays.fill(torn, 8192, 16384, (byte) 7);
    Files.write(dir.resolve("torn.db"), torn);
    Files.writeString(dir.resolve("letter.db"), "dear all");
    for (var wrong : new String[] {"torn.db", "letter.db", "none.db"}) {
      assertThat(run("restore", wrong)).as(wrong).isEqualTo(1);
    }
    assertThat(taken()).contains("damaged", "there is no file");
    environment.put("MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertThat(run("restore", "copy.db")).isEqualTo(1);
    assertThat(taken()).contains("the master key is not the one");
    try (var running = Running.in(server)) {
      assertThat(running.get("/api/keys?provider=groq").body()).contains("\"total\":1");
    }
  }

  @Test
  @DisplayName("F61 a damaged database does not keep a copy from being put in its place")
  void what_is_there_is_damaged() throws Exception {
    var server = dir.resolve("server");
    try (var running = Running.in(server).keys("groq", KEY)) {
      assertThat(running.url()).isNotEmpty();
      assertThat(run("backup", "copy.db")).isZero();
    }
    var database = server.resolve("data/one-balance.db");
    var torn = Files.readAllBytes(database);
    java.util.Arrays.fill(torn, 4096, torn.length, (byte) 7);
    Files.write(database, torn);
    taken();
    assertThat(run("restore", "copy.db")).isZero();
    var before = server.resolve("data/one-balance-before-restore-20261121T080000Z.db");
    assertThat(taken()).contains("What was there is kept as " + before);
    assertThat(before).hasBinaryContent(torn);
    assertThat(Path.of(before + ".part")).doesNotExist();
    try (var running = Running.in(server)) {
      assertThat(running.get("/api/keys?provider=groq").body()).contains("\"total\":1");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
  @DisplayName(
      "P16 F67 PostgreSQL is copied while a process serves from it; when it comes back, what was"
          + " revoked since the copy stays revoked, and nobody is signed in")
  void a_server_is_copied_and_comes_back() {
    environment.put("DATABASE_URL", PostgresServer.urlFor(dir));
    environment.put("MASTER_KEY", Instances.MASTER);
    environment.put("AUTH_KEY", Running.AUTH);
    environment.put("DATA_DIR", dir.resolve("data").toString());
    String kept;
    String revoked;
    String session;
    try (var child = Child.serving(dir, environment)) {
      kept = issued(child, "kept").path("key").asString();
      session = signIn(child);
      assertThat(overview(child, session)).isEqualTo(200);
      var ended = issued(child, "ended");
      revoked = ended.path("key").asString();
      verb(0, "without which its keys cannot be read. Keep it apart", "backup", "copy.db");
      var end = child.to("/api/gateway-keys/" + ended.path("id").asString(), Running.AUTH).DELETE();
      assertThat(child.send(end, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      verb(1, "stop all instances", "restore", "copy.db", "--replace");
      child.signal("TERM");
      assertThat(child.exit()).isZero();
    }
    verb(1, "the database is not empty", "restore", "copy.db");
    verb(0, "What was there is kept as ", "restore", "copy.db", "--replace");
    try (var child = Child.serving(dir, environment)) {
      assertThat(asked(child, kept)).isEqualTo(200);
      assertThat(asked(child, revoked)).isEqualTo(401);
      assertThat(overview(child, session)).isEqualTo(303);
    }
  }

  /// The cookie of somebody who has signed in.
  private static String signIn(Child at) {
    var entering =
        HttpRequest.newBuilder(URI.create(at.url() + "/login"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("auth_key=" + Running.AUTH));
    var entered = at.send(entering, BodyHandlers.discarding());
    return entered.headers().firstValue("set-cookie").orElseThrow().split(";", -1)[0];
  }

  private static int overview(Child at, String session) {
    var asking = HttpRequest.newBuilder(URI.create(at.url() + "/")).header("cookie", session);
    return at.send(asking, BodyHandlers.discarding()).statusCode();
  }

  private static JsonNode issued(Child at, String name) {
    var json = "{\"name\":\"%s\",\"groups\":\"sandbox\"}".formatted(name);
    var made = at.post("/api/gateway-keys", Running.AUTH, "application/json", json);
    return JsonMapper.shared().readTree(made.body());
  }

  private static int asked(Child at, String key) {
    var chat = FarProvider.chat("sandbox/echo", false);
    return at.post("/v1/chat/completions", key, "application/json", chat).statusCode();
  }

  private void verb(int code, String says, String... words) {
    assertThat(run(words)).as(out.toString()).isEqualTo(code);
    assertThat(taken()).contains(says);
  }

  private int run(String... words) {
    environment.putIfAbsent("DATA_DIR", dir.resolve("server/data").toString());
    var shell =
        new Shell(
            dir,
            environment,
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(out),
            () -> Instant.parse("2026-11-21T08:00:00Z"),
            new SecureRandom(),
            Vet.NOTHING);
    return new Verbs(shell, "1", Pretence.powers()).run(words);
  }

  private String taken() {
    var text = out.toString();
    out.getBuffer().setLength(0);
    return text;
  }
}
