package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.provider.Catalogue;
import io.onebalance.settings.Vet;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `one-balance doctor`: each trouble is found, named, and said how to mend.
class DoctorTest {
  private static final String KEY = "gsk-canary-of-the-doctor-0001";

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();
  private InstantSource clock = InstantSource.system();

  /// The doctor's own settings stand in a folder of their own; it asks the server that runs.
  private int examine(Running running, String yaml) {
    environment.put("PORT", Integer.toString(URI.create(running.url()).getPort()));
    environment.putIfAbsent("AUTH_KEY", Running.AUTH);
    environment.putIfAbsent("DATA_DIR", dir.resolve("server/data").toString());
    return examine(yaml);
  }

  private int examine(String yaml, String... more) {
    try {
      Files.writeString(
          Files.createDirectories(dir.resolve("doctor")).resolve("one-balance.yaml"), yaml);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    var shell =
        new Shell(
            dir.resolve("doctor"),
            environment,
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(out),
            clock,
            new SecureRandom(),
            new Vet(Catalogue.builtIn()::with, _ -> {}));
    var line = new java.util.ArrayList<>(List.of("doctor"));
    line.addAll(List.of(more));
    var code = new Verbs(shell, "1", Pretence.powers()).run(line.toArray(String[]::new));
    assertThat(out.toString()).doesNotContain("canary", Running.AUTH);
    return code;
  }

  private Running server() {
    return Running.in(dir.resolve("server"));
  }

  private static String groq(String url) {
    return "providers:\n  groq: {base-url: '" + url + "'}\n";
  }

  @Test
  void a_house_in_order_is_well() {
    try (var running = server().keys("groq", KEY)) {
      assertThat(examine(running, groq(running.sandbox.url()))).isZero();
      assertThat(out.toString())
          .contains(
              "ok    the settings can be read",
              "takes files",
              "is sound",
              "ok    the master key opens the stored keys",
              "note  the master key lies beside the database",
              "ok    the server answers at",
              "ok    groq can be reached at 127.0.0.1",
              "ok    groq answers: valid",
              "All is well.");
    }
  }

  @Test
  void a_malformed_auth_key_is_found() {
    environment.put("AUTH_KEY", "one(never)=a=b");
    assertThat(examine("")).isEqualTo(2);
    assertThat(out.toString())
        .contains("FAIL  environment: definition 1 of AUTH_KEY (…)", "fix: mend it");
  }

  @Test
  @DisplayName("F65 a wrong master key is found")
  void a_wrong_master_key_is_found() {
    try (var running = server().keys("groq", KEY)) {
      environment.put("MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
      assertThat(examine(running, "")).isEqualTo(1);
      assertThat(out.toString()).contains("FAIL  wrong master key: ", "fix: put the key back");
    }
  }

  @Test
  void an_unreachable_provider_is_found() {
    try (var running = server().keys("groq", KEY)) {
      assertThat(examine(running, groq("http://127.0.0.1:1"))).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL  groq: unreachable at 127.0.0.1:1: nothing answers there");
    }
  }

  @Test
  @DisplayName("F28 a name that is not known is found")
  void a_dns_failure_is_found() {
    try (var running = server().keys("groq", KEY)) {
      assertThat(examine(running, groq("http://nobody.invalid"))).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL  groq: DNS failure, the name nobody.invalid is not known");
    }
  }

  @Test
  @DisplayName("F68 a clock that is ten minutes off is found")
  void a_clock_ten_minutes_off_is_found() throws Exception {
    var there = answering(200, "{}");
    try (var running = server().keys("groq", KEY)) {
      clock = () -> Instant.now().plus(Duration.ofSeconds(601));
      assertThat(examine(running, groq(url(there)))).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL  the clock of this machine is 10 min ahead", "fix: set it by NTP");
    } finally {
      there.stop(0);
    }
  }

  @Test
  @DisplayName("D6 a gateway that refuses its token (2009) is found, and no key is blamed")
  void a_refused_gateway_token_is_found() throws Exception {
    var gateway =
        answering(
            401,
            "{\"success\":false,\"result\":[],\"messages\":[],"
                + "\"error\":[{\"code\":2009,\"message\":\"Unauthorized\"}]}");
    try (var running =
        Running.in(dir.resolve("server"), "gateway:\n  url: '" + url(gateway) + "'\n")
            .keys("mistral", KEY)) {
      var yaml = "gateway:\n  url: '" + url(gateway) + "'\n";
      assertThat(examine(running, yaml)).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL  mistral does not serve: ", "on the road", "set AI_GATEWAY_TOKEN");
      assertThat(running.get("/api/keys?status=blocked").body()).contains("\"total\":0");
    } finally {
      gateway.stop(0);
    }
  }

  @Test
  void a_provider_without_keys_is_found() {
    try (var running = server().keys("openai", KEY)) {
      assertThat(examine(running, groq(running.sandbox.url()))).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL  groq has no keys", "fix: add some: one-balance keys add groq");
    }
  }

  @Test
  void a_provider_whose_keys_are_all_blocked_is_found() {
    try (var running = server().keys("groq", KEY, "gsk-another-one-000000000002")) {
      running.post("/api/keys/bulk", "{\"action\":\"block\",\"filter\":{\"provider\":\"groq\"}}");
      assertThat(examine(running, groq(running.sandbox.url()))).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL  all 2 keys of groq are blocked", "keys list --provider groq");
    }
  }

  @Test
  @DisplayName("F56 a read-only data folder is found")
  void a_read_only_data_folder_is_found() throws Exception {
    var data = Files.createDirectories(dir.resolve("closed"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (var running = server().keys("groq", KEY)) {
      environment.put("DATA_DIR", data.toString());
      assertThat(examine(running, groq(running.sandbox.url()))).isEqualTo(1);
      assertThat(out.toString()).contains("FAIL  the data folder " + data + " is read-only");
    } finally {
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void a_base_url_with_a_doubled_version_is_found() {
    try (var running = server().keys("openai", KEY)) {
      assertThat(examine(running, groq("http://127.0.0.1:1/openai/v1/v1"))).isEqualTo(1);
      assertThat(out.toString())
          .contains("FAIL  providers.groq.base-url has a doubled /v1", "write it once: …/v1");
    }
  }

  @Test
  void any_server_is_looked_at_by_its_address() {
    try (var running = server().keys("groq", KEY)) {
      environment.put("AUTH_KEY", "something-that-is-not-asked-for");
      assertThat(examine("", "--url", running.url(), "--auth-key", Running.AUTH)).isZero();
      assertThat(out.toString()).contains("ok    groq answers: valid").doesNotContain("folder");
      assertThat(examine("", "--url", running.url(), "--auth-key", Running.RESTRICTED))
          .isEqualTo(1);
      assertThat(out.toString()).contains("does not open the key API");
    }
    assertThat(examine("", "--url", "http://127.0.0.1:1", "--auth-key", "x")).isEqualTo(1);
    assertThat(out.toString()).contains("FAIL  no server: nothing answers at http://127.0.0.1:1");
  }

  private static HttpServer answering(int status, String body) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
