package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.settings.Vet;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `one-balance sync` into and out of a server that runs.
class SyncVerbTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private String typed = "";

  @Test
  @DisplayName("a D1 export made by the seeds' schema comes in whole, and once")
  void a_d1_export_comes_in_whole() throws Exception {
    try (var running = Running.in(dir)) {
      opens(running);
      for (var seed : List.of("one-balance", "thebalance")) {
        Files.write(dir.resolve(seed + ".sql"), resource(seed + ".sql"));
        assertThat(run("-s", seed + ".sql", "-t", there(running), "--dry-run")).isZero();
        assertThat(taken(out)).contains("would be: ").doesNotContainIgnoringCase("canary");
      }
      assertThat(running.get("/api/keys").body()).contains("\"total\":0");
      assertThat(run("-s", "one-balance.sql", "-t", there(running))).isZero();
      assertThat(taken(out))
          .contains(
              "+ google-ai-studio …0002 (remark, cooling)",
              "+ google-ai-studio …0003 (blocked)",
              "+ cerebras …0004 (remark)",
              "5 added, 0 changed, 0 same, 0 skipped, 0 failed")
          .doesNotContainIgnoringCase("canary");
      assertThat(run("-s", "thebalance.sql", "-t", there(running))).isZero();
      assertThat(taken(out)).contains("+ cerebras …0002", "3 added");
      assertThat(run("-s", "one-balance.sql", "-t", there(running))).isZero();
      assertThat(taken(out)).isEqualTo("0 added, 0 changed, 5 same, 0 skipped, 0 failed\n");
      var cooling = running.get("/api/keys?q=0002&provider=google-ai-studio").body();
      assertThat(cooling)
          .contains(
              "\"status\":\"cooling\"",
              "\"total_seconds\":90000",
              "\"remark\":\"from Ann; it's hers, (the 2nd)\"",
              "\"created_at\":1753561508");
      assertThat(running.get("/api/keys?status=blocked").body()).contains("\"total\":2");
    }
  }

  @Test
  void what_is_known_of_keys_goes_with_them_from_server_to_server() {
    var resting = "gsk-canary-that-rests-0001";
    try (var one =
            Running.in(dir.resolve("one"))
                .keys("groq", resting, "gsk-canary-that-is-bad-02", "gsk-canary-of-hers-000003");
        var other = Running.in(dir.resolve("other"))) {
      opens(one);
      one.script.key(resting, Fault.limited(Duration.ofHours(1)));
      while (!one.get("/api/keys?status=cooling").body().contains("\"total\":1")) {
        one.post("/v1/chat/completions", FarProvider.chat("groq/llama", false));
      }
      patch(one, "d-02", "{\"status\":\"blocked\"}");
      patch(one, "0003", "{\"remark\":\"hers\",\"account\":\"acme\",\"weight\":7}");
      assertThat(run("-s", there(one), "-t", there(other))).isZero();
      assertThat(taken(out)).endsWith("3 added, 0 changed, 0 same, 0 skipped, 0 failed\n");
      for (var end : List.of("0001", "d-02", "0003")) {
        assertThat(known(other, end)).isEqualTo(known(one, end));
      }
      assertThat(known(other, "0001")).contains("cooling", "until");
      assertThat(known(other, "d-02")).contains("blocked");
      assertThat(known(other, "0003")).contains("hers", "acme", "7", "active");
    }
  }

  private static JsonNode found(Running at, String end) {
    var found = JsonMapper.shared().readTree(at.get("/api/keys?q=" + end).body()).path("keys");
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static void patch(Running at, String end, String json) {
    var patching =
        at.to("/api/keys/" + found(at, end).path("id").asString())
            .header("content-type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json));
    assertThat(at.send(patching).statusCode()).isEqualTo(200);
  }

  /// What goes with a key, as it is told.
  private static String known(Running at, String end) {
    var key = found(at, end);
    return Stream.of(
            "remark",
            "account",
            "weight",
            "status",
            "reason",
            "created_at",
            "coolings",
            "total_cooling_seconds")
        .map(field -> field + ": " + key.path(field))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource({"gpt-load, /api/groups", "thebalance, /keys/", "d1, /accounts/acc/d1/database"})
  @DisplayName("other programs are reached by the word for them, with the key that opens them")
  void other_programs_are_reached(String kind, String first) throws Exception {
    var asked = new LinkedBlockingQueue<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var fields = exchange.getRequestHeaders();
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + fields.getOrDefault("authorization", List.of())
                  + fields.getOrDefault("cookie", List.of()));
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    server.start();
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    environment.put("CLOUDFLARE_API_BASE_URL", url);
    var place = kind.equals("d1") ? "d1:acc/llmtest" : kind + ":" + url;
    assertThat(run("-s", place, "--source-key", "its-key", "-t", "out.json")).isEqualTo(1);
    server.stop(0);
    assertThat(asked.poll()).startsWith(first).contains("its-key");
    assertThat(taken(err)).contains("403").doesNotContain("its-key");
  }

  @Test
  void keys_go_from_server_to_server_and_to_files_and_back() throws Exception {
    try (var one = Running.in(dir.resolve("one")).keys("groq", "gsk-canary-that-goes-0001");
        var other = Running.in(dir.resolve("other"))) {
      opens(one);
      assertThat(run("-s", there(one), "-t", there(other))).isZero();
      assertThat(taken(out)).startsWith("+ groq …0001\n1 added");
      assertThat(run("-s", there(one), "-t", "json:keys.json")).isZero();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(dir.resolve("keys.json"))))
          .isEqualTo("rw-------");
      assertThat(run("-s", "keys.json", "-t", "keys.csv")).isZero();
      assertThat(run("-s", "keys.csv", "-t", "all.env")).isZero();
      assertThat(dir.resolve("all.env")).hasContent("GROQ_API_KEYS=gsk-canary-that-goes-0001");
      taken(out);
      assertThat(run("-s", "all.env", "-t", there(other))).isZero();
      assertThat(taken(out)).startsWith("0 added, 0 changed, 1 same");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.csv", "all.json", "all.env", "list:all"})
  @DisplayName("what a server tells is brought once")
  void a_second_run_from_a_server_changes_nothing(String target) {
    try (var running = Running.in(dir).keys("groq", "gsk-canary-that-stays-0001", "gsk-dead-2")) {
      opens(running);
      running.post("/api/keys/bulk", "{\"action\":\"block\",\"filter\":{\"q\":\"ad-2\"}}");
      run("-s", there(running), "-t", target, "--provider", "groq");
      taken(out);
      assertThat(run("-s", there(running), "-t", target, "--provider", "groq")).isZero();
      assertThat(taken(out)).contains("0 added, 0 changed").doesNotContain("~", "+");
    }
  }

  @Test
  @DisplayName("F65 a .env that init wrote keeps its secrets, and is read without a fault")
  void the_env_file_of_the_settings_keeps_what_it_says() throws Exception {
    var secrets = "# Secrets\nAUTH_KEY=a\nMASTER_KEY=m\nDATABASE_URL=postgresql://u:p@h/d\n";
    Files.writeString(dir.resolve("its.env"), secrets);
    Files.writeString(dir.resolve("k.csv"), "provider,key\ngroq,gsk-1\n");
    assertThat(run("-s", "k.csv", "-t", "its.env")).isZero();
    assertThat(dir.resolve("its.env")).content().isEqualTo(secrets + "GROQ_API_KEYS=gsk-1\n");
    assertThat(run("-s", "its.env", "-t", "again.json")).isZero();
    assertThat(taken(out)).endsWith("1 added, 0 changed, 0 same, 0 skipped, 0 failed\n");
  }

  @Test
  void keys_are_piped_in_and_databases_of_ours_are_opened_by_their_master_key() throws Exception {
    var first = dir.resolve("first");
    try (var running = Running.in(first)) {
      opens(running);
      typed = "gsk-canary-piped-in-00001\ngsk-canary-piped-in-00002";
      assertThat(run("-s", "list:-", "-t", there(running), "--provider", "groq")).isZero();
      assertThat(taken(out)).contains("2 added");
    }
    environment.put("MASTER_KEY_FILE", first.resolve("data/master.key").toString());
    assertThat(run("-s", "sqlite:first/data/one-balance.db", "-t", "out.csv")).isZero();
    assertThat(dir.resolve("out.csv")).content().contains("gsk-canary-piped-in-00002");
    environment.put("MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertThat(run("-s", "sqlite:first/data/one-balance.db", "-t", "more.csv")).isEqualTo(1);
    assertThat(err.toString()).contains("the master key is not the one");
  }

  @Test
  void a_copy_of_a_seeds_database_is_read() throws Exception {
    var copy = dir.resolve("seed.sqlite");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        var statement = connection.createStatement()) {
      statement.executeUpdate(new String(resource("thebalance.sql"), StandardCharsets.UTF_8));
    }
    assertThat(run("-s", "seed.sqlite", "-t", "seed.json", "--status", "active")).isZero();
    assertThat(taken(out)).endsWith("2 added, 0 changed, 0 same, 0 skipped, 0 failed\n");
  }

  @Test
  @DisplayName("D38 a part that fails ends with 1, and is named")
  void a_partial_failure_ends_with_1() throws Exception {
    try (var running = Running.in(dir)) {
      opens(running);
      Files.writeString(dir.resolve("k.csv"), "provider,key\nnobody,x-1\ngroq,gsk-1\ngroq,\n");
      assertThat(run("-s", "k.csv", "-t", there(running))).isEqualTo(1);
      assertThat(taken(out))
          .contains("! line 4 has no key", "! nobody …: there is no provider 'nobody'")
          .endsWith("1 added, 0 changed, 0 same, 0 skipped, 1 failed, 1 unreadable\n");
      assertThat(run("-s", "k.csv", "-t", there(running), "--map", "nobody=mistral")).isEqualTo(1);
      assertThat(taken(out)).contains("+ mistral …");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-s keys | 'keys' is no place; allowed: one-balance[:URL]",
        "-s gpt-load:here | gpt-load needs an address",
        "-s gpt-load:http://x | gpt-load needs a key",
        "-s d1:llmtest --source-key x | d1 needs an account and a database",
        "-s gpt-load:http://x:99999 | gpt-load needs an address",
        "-s a.csv -t b.csv --map openai | --map is 'openai'; allowed: THERE=HERE",
        "-s a.csv -t b.csv --status odd | --status: allowed are active, blocked",
        "-s a.csv -t b.csv --watch 0 | --watch is 0",
        "-s csv:- -t b.csv --watch | standard input ends; --watch needs a source that can be read"
            + " again",
        "-t b.csv | Missing required option: '--source=PLACE'",
      })
  void wrong_usage_is_named(String line, String why) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(why);
  }

  @Test
  void a_source_that_is_not_there_fails() {
    assertThat(run("-s", "none.csv", "-t", "b.csv")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no file");
    assertThat(run("-s", "list:none.txt", "-t", "b.csv")).isEqualTo(1);
  }

  private static String there(Running running) {
    return "one-balance:" + running.url();
  }

  private void opens(Running running) {
    assertThat(running.url()).isNotEmpty();
    environment.put("SYNC_SOURCE_KEY", Running.AUTH);
    environment.put("SYNC_TARGET_KEY", Running.AUTH);
  }

  private int run(String... words) {
    var shell =
        new Shell(
            dir,
            environment,
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            InstantSource.system(),
            new SecureRandom(),
            Vet.NOTHING);
    var line = new java.util.ArrayList<>(List.of("sync"));
    line.addAll(List.of(words));
    return new Verbs(shell, "1", Pretence.powers()).run(line.toArray(String[]::new));
  }

  private static byte[] resource(String name) throws Exception {
    try (var in = SyncVerbTest.class.getResourceAsStream("/sync/" + name)) {
      return in.readAllBytes();
    }
  }

  private static String taken(StringWriter printed) {
    var text = printed.toString();
    printed.getBuffer().setLength(0);
    return text;
  }
}
