package io.onebalance.sync.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.Running;
import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.settings.Vet;
import io.onebalance.sync.remote.Far.Answer;
import io.onebalance.sync.remote.Far.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `one-balance sync` from what other programs keep into a server that runs: first it says what
/// would be, then it brings it, and then there is nothing more to bring. No key is ever printed.
class FromElsewhereTest {
  private static final String OPENS = "canary-that-opens-it";

  @TempDir Path dir;

  private final Map<String, String> environment = new HashMap<>();
  private Running running;

  @BeforeEach
  void open() {
    running = Running.in(dir);
    environment.put("SYNC_TARGET_KEY", Running.AUTH);
    environment.put("SYNC_SOURCE_KEY", OPENS);
  }

  @AfterEach
  void close() {
    running.close();
  }

  private List<String> sync(String... words) {
    return sync(0, words);
  }

  /// The lines that it says; it ends so.
  private List<String> sync(int end, String... words) {
    var said = new StringWriter();
    var shell =
        new Shell(
            dir,
            environment,
            new PrintWriter(said),
            new PrintWriter(said),
            new SecureRandom(),
            Vet.NOTHING);
    var line = new ArrayList<>(List.of("sync", "-t", "one-balance:" + running.url()));
    line.addAll(List.of(words));
    assertThat(new Verbs(shell, "1", Pretence.powers()).run(line.toArray(String[]::new)))
        .as(said.toString())
        .isEqualTo(end);
    assertThat(said.toString()).doesNotContainIgnoringCase("canary");
    return said.toString().lines().toList();
  }

  /// Says what would be, brings it, and has nothing more to bring.
  private void comes(List<String> told, String... words) {
    var dry = new ArrayList<>(List.of(words));
    dry.add("--dry-run");
    var sum = "%d added, 0 changed, 0 same, 0 skipped, 0 failed".formatted(told.size());
    assertThat(sync(dry.toArray(String[]::new)))
        .containsExactlyElementsOf(and(told, "would be: " + sum));
    assertThat(running.get("/api/keys").body()).contains("\"total\":0");
    assertThat(sync(words)).containsExactlyElementsOf(and(told, sum));
    assertThat(sync(words))
        .containsExactly("0 added, 0 changed, %d same, 0 skipped, 0 failed".formatted(told.size()));
  }

  private static List<String> and(List<String> lines, String last) {
    var all = new ArrayList<>(lines);
    all.add(last);
    return all;
  }

  /// The key with this end, as the server tells of it.
  private JsonNode key(String end) {
    var found = JsonMapper.shared().readTree(running.get("/api/keys?q=" + end).body()).path("keys");
    assertThat(found).as(end).hasSize(1);
    return found.get(0);
  }

  private void assertKey(String end, String provider, String status, String remark) {
    assertThat(key(end).path("provider").asString()).isEqualTo(provider);
    assertThat(key(end).path("status").asString()).isEqualTo(status);
    assertThat(key(end).path("remark").asString()).isEqualTo(remark);
  }

  private static String resource(String name) {
    try (var in = FromElsewhereTest.class.getResourceAsStream("/sync/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  @Test
  void from_thebalance_by_its_pages_and_its_key_api() {
    var until = Instant.now().getEpochSecond() + 3600;
    Far.Script script = asked -> theBalance(asked, until);
    try (var far = new Far(script)) {
      comes(
          List.of(
              "+ google-ai-studio …0001",
              "+ google-ai-studio …0002 (cooling)",
              "+ anthropic …0004 (blocked)",
              "+ cerebras …0003"),
          "-s",
          "thebalance:" + far.url());
      assertThat(far.asked).extracting(Asked::method).containsOnly("GET");
    }
    assertKey("0001", "google-ai-studio", "active", "");
    assertKey("0003", "cerebras", "active", "");
    assertKey("0004", "anthropic", "blocked", "");
    assertThat(key("0004").path("reason").asString()).isEqualTo("blocked where it came from");
    assertKey("0002", "google-ai-studio", "cooling", "");
    assertThat(key("0002").path("coolings").path("gemini-2.5-pro").path("until").asLong())
        .isEqualTo(until);
    assertThat(key("0002").path("total_cooling_seconds").asLong()).isEqualTo(30);
    assertThat(key("0002").path("created_at").asLong()).isEqualTo(1_754_900_000);
  }

  private static Answer theBalance(Asked asked, long until) {
    if (!asked.opening().equals("auth_key=" + OPENS)) {
      return new Answer(303, "");
    }
    return switch (asked.target()) {
      case "/keys/google-ai-studio?status=active&page=1" -> TheBalanceTest.page("id-1");
      case "/keys/google-ai-studio?status=active&page=2" -> TheBalanceTest.page("id-2");
      case "/keys/cerebras-ai?status=active&page=1" -> TheBalanceTest.page("id-3");
      case "/keys/anthropic?status=blocked&page=1" -> TheBalanceTest.page("id-4");
      case "/api/keys/id-1/coolings" ->
          TheBalanceTest.record(
              "AIzaSyCanaryOfTheBalance--0001", "google-ai-studio", "Active", "{}");
      case "/api/keys/id-2/coolings" ->
          TheBalanceTest.record(
              "AIzaSyCanaryOfTheBalance--0002",
              "google-ai-studio",
              "Active",
              "{\"gemini-2.5-pro\":" + until + "}");
      case "/api/keys/id-3/coolings" ->
          TheBalanceTest.record("csk-canary-of-thebalance-0003", "cerebras-ai", "Active", "{}");
      case "/api/keys/id-4/coolings" ->
          TheBalanceTest.record("sk-ant-canary-of-thebalance-0004", "anthropic", "Blocked", "{}");
      default -> asked.target().startsWith("/keys/") ? TheBalanceTest.page() : new Answer(404, "");
    };
  }

  @Test
  void from_gpt_load_by_its_groups() {
    try (var far = new Far(FromElsewhereTest::gptLoad)) {
      comes(
          List.of(
              "+ google-ai-studio …0011 (remark)",
              "+ google-ai-studio …0012",
              "+ google-ai-studio …0013 (blocked)",
              "+ groq …0021",
              "+ mistral …0031 (remark)"),
          "-s",
          "gpt-load:" + far.url(),
          "--map",
          "work=mistral");
      assertThat(far.asked).extracting(Asked::method).containsOnly("GET");
    }
    assertKey("0011", "google-ai-studio", "active", "Ann's");
    assertThat(key("0011").path("created_at").asLong()).isEqualTo(1_754_013_784);
    assertKey("0013", "google-ai-studio", "blocked", "");
    assertKey("0031", "mistral", "active", "hers");
  }

  /// gpt-load 1.x with what lies in the resources; its pages have two keys each.
  private static Answer gptLoad(Asked asked) {
    if (!asked.opening().equals("Bearer " + OPENS)) {
      return new Answer(401, "{\"code\":\"UNAUTHORIZED\",\"message\":\"no such key\"}");
    }
    if (asked.target().equals("/api/groups")) {
      return new Answer(200, resource("gpt-load-groups.json"));
    }
    var group = asked.target().replaceFirst("/api/keys\\?group_id=(\\d)&.*", "$1");
    var page = Integer.parseInt(asked.target().replaceFirst(".*&page=(\\d)&page_size=500", "$1"));
    var keys = JsonMapper.shared().readTree(resource("gpt-load-keys.json")).path(group);
    var answer = JsonMapper.shared().createObjectNode().put("code", 0).put("message", "Success");
    var data = answer.putObject("data");
    var items = data.putArray("items");
    keys.valueStream().skip(2L * (page - 1)).limit(2).forEach(items::add);
    data.putObject("pagination")
        .put("page", page)
        .put("page_size", 2)
        .put("total_items", keys.size())
        .put("total_pages", (keys.size() + 1) / 2);
    return new Answer(200, answer.toString());
  }

  @Test
  @DisplayName("from a file that gpt-load exports: the keys of one group, one a line")
  void from_an_export_of_gpt_load() throws IOException {
    var name = "keys-gemini-pool-active.txt";
    Files.writeString(dir.resolve(name), resource(name));
    assertThat(sync(1, "-s", name))
        .singleElement()
        .asString()
        .endsWith("a plain list does not say whose keys they are: name --provider");
    comes(
        List.of("+ google-ai-studio …0011", "+ google-ai-studio …0012", "+ google-ai-studio …0014"),
        "-s",
        name,
        "--provider",
        "gemini");
    try (var far = new Far(FromElsewhereTest::gptLoad)) {
      assertThat(sync("-s", "gpt-load:" + far.url(), "--provider", "google-ai-studio"))
          .as("what the file could not say")
          .containsExactly(
              "~ google-ai-studio …0011: remark",
              "+ google-ai-studio …0013 (blocked)",
              "1 added, 1 changed, 1 same, 0 skipped, 0 failed");
    }
  }

  @Test
  void from_d1_by_its_http_api() throws Exception {
    var until = Instant.now().getEpochSecond() + 3600;
    environment.remove("SYNC_SOURCE_KEY");
    environment.put("CLOUDFLARE_API_TOKEN", "token");
    try (var far = new FarD1()) {
      far.fill("one-balance.sql");
      far.run(
          "UPDATE keys SET model_coolings = REPLACE(model_coolings, '4102444800', " + until + ")");
      environment.put("CLOUDFLARE_API_BASE_URL", far.url());
      comes(
          List.of(
              "+ google-ai-studio …0001",
              "+ google-ai-studio …0002 (remark, cooling)",
              "+ google-ai-studio …0003 (blocked)",
              "+ cerebras …0004 (remark)",
              "+ openai …0005 (remark)"),
          "-s",
          "d1:acc/llmtest");
      assertKey("0002", "google-ai-studio", "cooling", "from Ann; it's hers, (the 2nd)");
      assertThat(key("0002").path("coolings").path("gemini-2.5-pro").path("until").asLong())
          .isEqualTo(until);
      assertThat(key("0002").path("total_cooling_seconds").asLong()).isEqualTo(90_060);
      assertThat(key("0002").path("created_at").asLong()).isEqualTo(1_753_561_508);
      assertKey("0003", "google-ai-studio", "blocked", "");
      learns(far);
      assertThat(far.statements()).allMatch(sql -> sql.startsWith("SELECT"));
    }
  }

  /// What was learnt there since is told, and brought; nothing is unblocked.
  private void learns(FarD1 far) throws Exception {
    far.run("UPDATE keys SET status = 'blocked', remark = 'leaked' WHERE key LIKE '%0001'");
    far.run("UPDATE keys SET status = 'active' WHERE key LIKE '%0003'");
    var told =
        List.of(
            "~ google-ai-studio …0001: remark, status",
            "0 added, 1 changed, 4 same, 0 skipped, 0 failed");
    assertThat(sync("-s", "d1:acc/llmtest", "--dry-run"))
        .containsExactly(told.getFirst(), "would be: " + told.getLast());
    assertKey("0001", "google-ai-studio", "active", "");
    assertThat(sync("-s", "d1:acc/llmtest")).isEqualTo(told);
    assertKey("0001", "google-ai-studio", "blocked", "leaked");
    assertKey("0003", "google-ai-studio", "blocked", "");
    assertThat(sync("-s", "d1:acc/llmtest"))
        .containsExactly("0 added, 0 changed, 5 same, 0 skipped, 0 failed");
  }
}
