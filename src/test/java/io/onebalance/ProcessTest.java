package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Script;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process: how it starts, what it refuses, and how it ends.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and file modes")
class ProcessTest {
  private static final String KEY = "gateway-key-of-the-process-test";
  private static final String OTHER = "another-gateway-key-of-the-test";
  private static final Pattern MADE = Pattern.compile("export AUTH_KEY='?([\\w-]{43})'?$");
  private static final String CHAT =
      "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":%s}";

  private static final String ANSWER =
      "{\"id\":\"a\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"some-model\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}";

  @TempDir Path dir;

  private Child serving() {
    return Child.serving(dir, Map.of("AUTH_KEY", KEY));
  }

  private void settings(String yaml) throws IOException {
    Files.writeString(dir.resolve("one-balance.yaml"), yaml);
  }

  /// The program reads changed settings by itself, a second or two later; so it does at once.
  private void told(Child child, String yaml) throws IOException {
    settings(yaml);
    child.signal("HUP");
  }

  private Path data(String name) {
    return dir.resolve("data").resolve(name);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static int ask(Child child, String key) {
    return child
        .post(
            "/v1/chat/completions", key, "application/json", CHAT.formatted("sandbox/echo", false))
        .statusCode();
  }

  @Test
  void the_first_start_makes_its_keys_for_its_owner_only_and_shows_the_gateway_key_once()
      throws Exception {
    String made;
    try (var first = Child.running(dir, Map.of("PORT", "0"))) {
      first.awaitServing();
      made = found(MADE, first.printed());
      assertThat(first.printed())
          .contains("curl ")
          .contains("export OPENAI_BASE_URL=")
          .contains("export ANTHROPIC_BASE_URL=")
          .doesNotContain("SLF4J");
      assertThat(ask(first, made)).isEqualTo(200);
      first.signal("TERM");
      assertThat(first.exit()).isZero();
    }
    assertThat(mode(dir.resolve("data"))).isEqualTo("rwx------");
    assertThat(mode(data("auth-key"))).isEqualTo("rw-------");
    assertThat(mode(data("master.key"))).isEqualTo("rw-------");
    assertThat(mode(data("one-balance.db"))).isEqualTo("rw-------");
    assertThat(data("auth-key")).content().isEqualToIgnoringNewLines(made);
    var master = Files.readString(data("master.key"));
    try (var second = Child.serving(dir, Map.of())) {
      assertThat(second.printed()).doesNotContain(made);
      assertThat(ask(second, made)).isEqualTo(200);
      assertThat(data("master.key")).content().isEqualTo(master);
    }
  }

  private static String found(Pattern pattern, String text) {
    var lines = text.lines().map(pattern::matcher).filter(Matcher::find);
    return lines.findFirst().orElseThrow(() -> new AssertionError(text)).group(1);
  }

  @Test
  @DisplayName("F83 a second server on the same data refuses, and says whose they are")
  void a_second_server_on_the_same_data_refuses() {
    try (var first = serving();
        var second = Child.running(dir, Map.of("AUTH_KEY", KEY, "PORT", "0"))) {
      assertThat(second.exit()).isOne();
      assertThat(second.printed())
          .contains("in use by process " + first.pid())
          .doesNotContain("\tat ");
      assertThat(ask(first, KEY)).isEqualTo(200);
    }
  }

  @Test
  void a_port_that_is_taken_is_told_and_ends_the_start() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var child =
            Child.running(
                dir, Map.of("AUTH_KEY", KEY, "PORT", String.valueOf(taken.getLocalPort())))) {
      assertThat(child.exit()).isOne();
      assertThat(child.printed()).contains("could not start").doesNotContain("\tat ");
    }
  }

  @Test
  void settings_that_do_not_fit_together_end_the_start() throws Exception {
    settings("port: 0\nproviders:\n  groq: {via: gateway}\n");
    try (var child = Child.running(dir, Map.of("AUTH_KEY", KEY))) {
      assertThat(child.exit()).isEqualTo(2);
      assertThat(child.printed()).contains("providers.groq.via").doesNotContain("\tat ");
    }
  }

  @Test
  void a_malformed_gateway_key_is_told_masked() {
    var secret = "a-secret-that-must-not-be-printed";
    try (var child = Child.running(dir, Map.of("AUTH_KEY", secret + "(tomorrow)", "PORT", "0"))) {
      assertThat(child.exit()).isEqualTo(2);
      assertThat(child.printed()).contains("AUTH_KEY").doesNotContain(secret);
    }
  }

  @Test
  void an_unknown_verb_is_told_with_the_known_ones() {
    try (var child = Child.running(dir, Map.of(), "server")) {
      assertThat(child.exit()).isEqualTo(2);
      assertThat(child.printed()).contains("'server' is no verb").contains("serve");
    }
  }

  @Test
  @DisplayName(
      "F65 with a wrong or missing master key it refuses, and the database stays as it was")
  void a_wrong_or_missing_master_key_stops_the_start() throws Exception {
    try (var child = serving()) {
      add(child, "gsk-one-key-that-is-kept");
      child.signal("TERM");
      assertThat(child.exit()).isZero();
    }
    var before = Files.readAllBytes(data("one-balance.db"));
    var master = Files.readString(data("master.key"));
    refuses(Map.of("MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), "master key");
    Files.delete(data("master.key"));
    refuses(Map.of(), "master key is missing");
    assertThat(data("master.key")).doesNotExist();
    assertThat(data("one-balance.db")).hasBinaryContent(before);
    refuses(Map.of("MASTER_KEY", "not base64"), "MASTER_KEY");
    try (var child = Child.serving(dir, Map.of("AUTH_KEY", KEY, "MASTER_KEY", master.strip()))) {
      assertThat(total(child)).isOne();
    }
  }

  private void refuses(Map<String, String> environment, String why) {
    var all = new HashMap<>(Map.of("AUTH_KEY", KEY, "PORT", "0"));
    all.putAll(environment);
    try (var child = Child.running(dir, all)) {
      assertThat(child.exit()).isNotZero();
      assertThat(child.printed()).contains(why).doesNotContain("\tat ");
    }
  }

  @Test
  @DisplayName("P16 killed after acknowledged adds, none is lost")
  void killed_after_acknowledged_adds_it_has_lost_none() {
    var acknowledged = 0;
    for (var round = 0; round < 4; round++) {
      try (var child = serving()) {
        assertThat(total(child)).isEqualTo(acknowledged);
        for (var n = 0; n <= 3 * round; n++) {
          add(child, "gsk-key-%d-of-round-%d".formatted(n, round));
          acknowledged++;
        }
        child.kill();
      }
    }
    try (var child = serving()) {
      assertThat(total(child)).isEqualTo(acknowledged);
    }
  }

  private static void add(Child child, String key) {
    var added = child.post("/api/keys/add/groq", KEY, "text/plain", key);
    assertThat(added.body()).contains("\"added\":1");
  }

  private static int total(Child child) {
    var listed = child.get("/api/keys?provider=groq&limit=1", KEY).body();
    return Integer.parseInt(found(Pattern.compile("\"total\":(\\d+)"), listed));
  }

  @Test
  void changed_settings_are_in_force_and_broken_ones_are_refused_with_their_line()
      throws Exception {
    settings("port: 0\nauth-key: " + KEY + "\n");
    try (var child = Child.serving(dir, Map.of())) {
      assertThat(ask(child, KEY)).isEqualTo(200);
      settings("port: 0\nauth-key: " + OTHER + "\n");
      child.await("settings in force now: [auth-key]");
      assertThat(ask(child, KEY)).isEqualTo(401);
      assertThat(ask(child, OTHER)).isEqualTo(200);

      child.signal("HUP");
      child.await("the settings are what they were");

      told(child, "port: 0\nauth-key: " + OTHER + "\nports: 1\n");
      assertThat(child.await("the old settings go on")).contains("one-balance.yaml:3", "ports");
      assertThat(ask(child, OTHER)).isEqualTo(200);

      told(child, "port: 0\nauth-key: " + OTHER + "\nhost: 0.0.0.0\n");
      assertThat(child.await("wait for a restart")).contains("host");

      told(child, "port: 0\nauth-key: " + OTHER + "\nproviders:\n  groq: {via: gateway}\n");
      assertThat(child.await("the old settings go on")).contains("providers.groq.via");
      assertThat(ask(child, OTHER)).isEqualTo(200);

      told(child, "port: 0\n");
      child.await("the old settings go on: no AUTH_KEY is set any more");
      assertThat(ask(child, OTHER)).isEqualTo(200);
      assertThat(data("auth-key")).doesNotExist();
      assertThat(child.printed()).doesNotContain(KEY).doesNotContain(OTHER);
    }
  }

  /// A provider outside of the program, whose stream stands still until the gate opens.
  private static final class Provider implements AutoCloseable {
    final Gate gate = new Gate();
    private final Vertx vertx = Vertx.vertx();
    final Sandbox sandbox =
        Sandbox.start(
                vertx,
                new Script()
                    .key("gsk-slow", new Fault.Stalls(600, gate))
                    .key("gsk-spent", spent(1), spent(0)),
                Clock.systemUTC())
            .await();

    /// An answer that says how much is left of the two requests a day.
    private static Fault spent(int left) {
      var fields =
          Map.of(
              "content-type", "application/json",
              "x-ratelimit-limit-requests", "2",
              "x-ratelimit-remaining-requests", Integer.toString(left),
              "x-ratelimit-reset-requests", "12h");
      return new Fault.Says(200, fields, ANSWER.getBytes(StandardCharsets.UTF_8));
    }

    /// The keys that were asked from this asking on.
    List<String> keysFrom(int first) throws Exception {
      var keys = new ArrayList<String>();
      for (var nth = first; nth <= sandbox.seen().count(); nth++) {
        keys.add(sandbox.seen().nth(nth).get(30, TimeUnit.SECONDS).key());
      }
      return keys;
    }

    /// Starts to stream; what comes back has begun and stands still.
    HttpResponse<InputStream> begun(Child child) throws IOException {
      add(child, "gsk-slow");
      var body = BodyPublishers.ofString(CHAT.formatted("groq/some-model", true));
      var request =
          child.to("/v1/chat/completions", KEY).header("content-type", "application/json");
      var answer = child.send(request.POST(body), BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().read()).isPositive();
      return answer;
    }

    @Override
    public void close() {
      vertx.close().await();
    }
  }

  private void leadTo(Provider provider) throws IOException {
    settings(
        "port: 0\nproviders:\n  groq: {base-url: '%s/openai/v1'}\n"
            .formatted(provider.sandbox.url()));
  }

  @Test
  @DisplayName(
      "P15 F69 SIGTERM: not ready, the running stream finishes, exit code 0; started again, it asks"
          + " no key that has spent its day")
  void told_to_stop_it_lets_a_running_stream_finish_and_remembers_limits() throws Exception {
    try (var provider = new Provider()) {
      leadTo(provider);
      try (var child = serving()) {
        add(child, "gsk-spent");
        assertThat(askGroq(child)).isEqualTo(200);
        assertThat(askGroq(child)).isEqualTo(200);
        var answer = provider.begun(child);
        child.signal("TERM");
        child.awaitNotReady();
        provider.gate.open();
        assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
            .contains("data: [DONE]");
        assertThat(child.exit()).isZero();
      }
      try (var child = serving()) {
        for (var i = 0; i < 3; i++) {
          assertThat(askGroq(child)).isEqualTo(200);
        }
      }
      assertThat(provider.keysFrom(3)).hasSize(4).containsOnly("gsk-slow");
    }
  }

  private static int askGroq(Child child) {
    var body = CHAT.formatted("groq/some-model", false);
    return child.post("/v1/chat/completions", KEY, "application/json", body).statusCode();
  }
}
