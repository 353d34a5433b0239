package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.provider.Catalogue;
import io.onebalance.settings.Vet;
import io.onebalance.store.PostgresServer;
import io.onebalance.store.Store;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            new Vet(Catalogue.builtIn()::with, _ -> {}, _ -> {}));
    var line = new java.util.ArrayList<>(List.of("doctor"));
    line.addAll(List.of(more));
    var code = new Verbs(shell, "1", Pretence.powers()).run(line.toArray(String[]::new));
    assertThat(out.toString()).doesNotContain("canary", Running.AUTH, "postgres:postgres");
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
  @DisplayName("F65 a wrong master key is found also where only gateway keys hang on it")
  void a_wrong_master_key_of_gateway_keys_is_found() {
    try (var running = server()) {
      running.post("/api/gateway-keys", "{\"name\":\"phone\",\"groups\":\"*\"}");
      environment.put("MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
      assertThat(examine(running, "")).isEqualTo(1);
      assertThat(out.toString()).contains("FAIL  wrong master key: ");
    }
  }

  @Test
  @DisplayName("a database on a server is looked into")
  void a_database_on_a_server_is_looked_into() throws Exception {
    var url = Store.POSTGRESQL.url(dir);
    environment.put("DATABASE_URL", url);
    assertThat(examine("")).isEqualTo(1);
    assertThat(taken()).contains("ok    PostgreSQL at 127.0.0.1", "made at the first start");
    try (var running = Running.in(dir.resolve("server"), "database: '" + url + "'\n")) {
      assertThat(examine(running.keys("groq", KEY), groq(running.sandbox.url()))).isZero();
      assertThat(taken()).contains("ok    the master key opens the stored keys", "All is well.");
      environment.put("MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
      assertThat(examine(running, groq(running.sandbox.url()))).isEqualTo(1);
      assertThat(taken()).contains("FAIL  wrong master key: ");
      PostgresServer.executeIn(url, "UPDATE vault SET wrapped = 'being restored'");
      assertThat(examine(running, groq(running.sandbox.url()))).isEqualTo(1);
      assertThat(taken())
          .contains("FAIL  a copy is being put", "fix: run `one-balance restore` again")
          .doesNotContain("wrong master key");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:1/ob | cannot be used: | let this machine reach it",
        "SERVER/nobody | there is no such database; create it | mend DATABASE_URL",
      })
  @DisplayName("a server that does not let us in is told with what mends it")
  void a_server_that_refuses_is_told(String place, String why, String fix) {
    var server = Store.POSTGRESQL.url(dir).replaceFirst(".*@([^/]+)/.*", "$1");
    environment.put(
        "DATABASE_URL", "postgresql://postgres:postgres@" + place.replace("SERVER", server));
    assertThat(examine("")).isEqualTo(1);
    assertThat(taken()).contains("FAIL  PostgreSQL at 127.0.0.1:", why, "fix: " + fix);
  }

  @Test
  @DisplayName("F28 roads are looked at also while no server runs")
  void roads_are_looked_at_without_a_server() {
    environment.put("AUTH_KEY", Running.AUTH);
    environment.put("PORT", "1");
    assertThat(examine(groq("http://nobody.invalid"))).isEqualTo(1);
    assertThat(taken())
        .contains("FAIL  no server: ", "FAIL  groq: DNS failure, the name nobody.invalid");
    environment.remove("AUTH_KEY");
    assertThat(examine(groq("http://nobody.invalid"))).isEqualTo(1);
    assertThat(taken()).contains("no unrestricted gateway key", "FAIL  groq: DNS failure");
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

  private String taken() {
    var text = out.toString();
    out.getBuffer().setLength(0);
    return text;
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
