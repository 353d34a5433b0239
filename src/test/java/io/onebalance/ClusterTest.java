package io.onebalance;

import static io.onebalance.FarProvider.AUTH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.metrics.ExpositionText;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.store.PostgresServer;
import io.onebalance.wire.Cable;
import io.onebalance.wire.Line;
import io.onebalance.wire.Ports;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Real processes on one real PostgreSQL.
class ClusterTest {
  private static final String BLOCK = "{\"status\":\"blocked\"}";

  @TempDir Path dir;
  private Instances all;

  @BeforeEach
  void open() {
    all = new Instances(dir, "drain-pause-ms: 1500");
  }

  @AfterEach
  void close() {
    all.close();
  }

  private List<Child> three() {
    return IntStream.range(0, 3).mapToObj(_ -> all.start(PostgresServer.port())).toList();
  }

  @Test
  @DisplayName("P18 a block, a cooldown and a key that is found dead are known to all three")
  void news() {
    var instances = three();
    all.provider.script.key("gsk-dead", Fault.dead());
    var id = all.add(instances.getFirst(), "gsk-one");
    instances.forEach(it -> Instances.awaitTold(it, id, "\"active\""));
    assertThat(all.patch(instances.get(1), id, BLOCK)).isEqualTo(200);
    instances.forEach(it -> Instances.awaitTold(it, id, "\"blocked\""));

    var dead = all.add(instances.getFirst(), "gsk-dead");
    while (!Instances.told(instances.get(2), dead).contains("\"blocked\"")) {
      all.chat(instances.get(2).url());
    }
    instances.forEach(it -> Instances.awaitTold(it, dead, "\"blocked\""));

    all.provider.script.key("gsk-rest", rests(600));
    var rests = all.add(instances.getFirst(), "gsk-rest");
    while (restsUntil(instances.get(2), rests) == 0) {
      all.chat(instances.get(2).url());
    }
    var until = restsUntil(instances.get(2), rests);
    instances.forEach(it -> {
      while (restsUntil(it, rests) < until) {
        Thread.onSpinWait();
      }
    });
    instances.forEach(it -> awaitEvents(it, "\"key\":\"" + id, "\"key\":\"" + dead));
  }

  /// Waits until each of these is in what the instance tells of keys.
  private static void awaitEvents(Child instance, String... words) {
    for (var word : words) {
      while (!instance.get("/api/events", AUTH).body().contains(word)) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  @DisplayName("F79 an instance that hears no message finds out by itself")
  void polling() {
    var hears = all.start(PostgresServer.port());
    var environment = new HashMap<>(all.environment(PostgresServer.port()));
    environment.merge("DATABASE_URL", "?pgbouncer=true", String::concat);
    try (var deaf = Child.serving(all.home(1), environment)) {
      var id = all.add(hears, "gsk-one");
      Instances.awaitTold(deaf, id, "\"active\"");
      assertThat(all.patch(hears, id, BLOCK)).isEqualTo(200);
      Instances.awaitTold(deaf, id, "\"blocked\"");
    }
  }

  @Test
  @DisplayName("F79 where every message is lost, and where who listens is cut off, news arrive")
  void lost_messages() throws Exception {
    var teller = all.start(PostgresServer.port());
    var listener = all.start(PostgresServer.port());
    var id = all.add(teller, "gsk-one");
    Instances.awaitTold(listener, id, "\"active\"");
    PostgresServer.executeIn(
        PostgresServer.urlFor(dir),
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE query LIKE 'LISTEN%' AND datname = current_database()\
        """);
    assertThat(all.patch(teller, id, BLOCK)).isEqualTo(200);
    Instances.awaitTold(listener, id, "\"blocked\"");

    PostgresServer.executeIn(
        PostgresServer.urlFor(dir),
        """
        CREATE OR REPLACE FUNCTION next_news() RETURNS BIGINT LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock(7308620085107154796);
          RETURN nextval('news');
        END $$\
        """);
    assertThat(all.patch(teller, id, "{\"status\":\"active\"}")).isEqualTo(200);
    Instances.awaitTold(listener, id, "\"active\"");
  }

  @Test
  @DisplayName(
      "F63 F82 two start at once on an empty database; they go on beside a newer one's columns, and"
          + " a start is refused")
  void versions() throws Exception {
    var environment = new HashMap<>(all.environment(PostgresServer.port()));
    environment.put("DATABASE_URL", PostgresServer.empty(dir));
    try (var one = Child.starting(all.home(0), environment);
        var two = Child.starting(all.home(1), environment)) {
      one.awaitServing();
      two.awaitServing();
      var id = all.add(one, "gsk-one");
      Instances.awaitTold(two, id, "\"active\"");
      PostgresServer.executeIn(
          environment.get("DATABASE_URL"),
          """
          ALTER TABLE keys ADD COLUMN colour TEXT DEFAULT 'red';
          INSERT INTO flyway_schema_history
            SELECT installed_rank + 1, (version::int + 1)::text, 'later', type, 'later', checksum,
              installed_by, now(), 1, TRUE
            FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1\
          """);
      assertThat(all.patch(one, id, BLOCK)).isEqualTo(200);
      Instances.awaitTold(two, id, "\"blocked\"");
      var other = all.add(two, "gsk-two");
      Instances.awaitTold(one, other, "\"active\"");
      assertThat(all.chat(one.url())).isEqualTo(200);
      two.kill();
      try (var again = Child.starting(all.home(1), environment)) {
        assertThat(again.exit()).isNotZero();
        assertThat(again.printed()).contains("but this program knows schemas up to");
      }
    }
  }

  @Test
  @DisplayName(
      "P17 F58 F78 F80 PostgreSQL goes away for one: requests go on, edits get 503, lessons are"
          + " kept; it heals, and the longer rest counts")
  void the_server_goes_away() {
    try (var cable = Cable.to(PostgresServer.port(), true)) {
      var cut = all.start(cable.port());
      var other = all.start(PostgresServer.port());
      all.provider.script.key("gsk-dead", Fault.dead());
      var dead = all.add(other, "gsk-dead");
      all.add(other, "gsk-good");
      all.provider.script.key("gsk-rest", rests(120));
      var rests = all.add(other, "gsk-rest");
      awaitKnown(cut, 3);
      cable.cut();
      cut.awaitReadiness("ready, degraded: the store is away");
      for (var i = 0; i < 20; i++) {
        assertThat(all.chat(cut.url())).isEqualTo(200);
      }
      var refused = cut.post("/api/keys/add/groq", AUTH, "text/plain", "gsk-meanwhile");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(Instances.told(other, dead)).contains("\"active\"");
      var asked = 20 + askUntilItRests(cut, rests);
      all.provider.script.key("gsk-rest", rests(2_400));
      asked += askUntilItRests(other, rests);

      cable.mend();
      while (cut.readiness().contains("degraded")) {
        Thread.onSpinWait();
      }
      Instances.awaitTold(other, dead, "\"blocked\"");
      while (restsUntil(cut, rests) < restsUntil(other, rests)) {
        Thread.onSpinWait();
      }
      assertThat(restsUntil(other, rests)).isGreaterThan(Instant.now().getEpochSecond() + 1_200);
      while (cut.post("/api/keys/add/groq", AUTH, "text/plain", "gsk-meanwhile").statusCode()
          != 200) {
        Thread.onSpinWait();
      }
      while (!cut.get("/api/usage", AUTH).body().contains("\"requests\":" + asked + ",")) {
        Thread.onSpinWait();
      }
    }
  }

  /// Waits until the instance's own pool holds them: the key API would be answered by the database.
  private static void awaitKnown(Child at, int keys) {
    var known = 0.0;
    while (known != keys) {
      var metrics = ExpositionText.parse(at.get("/metrics", AUTH).body());
      known = ExpositionText.sum(metrics, "onebalance_keys", "provider", "groq");
    }
  }

  private static Fault rests(int seconds) {
    var body = "{\"error\":{\"message\":\"Rate limit reached\",\"code\":\"rate_limit_exceeded\"}}";
    return new Fault.Says(429, Map.of("retry-after", "" + seconds), body.getBytes(UTF_8));
  }

  /// Gives how often it asked. What happens to keys is told also while the database is away.
  private int askUntilItRests(Child at, String key) {
    var asked = 0;
    while (!at.get("/api/events", AUTH).body().contains("\"key\":\"" + key)) {
      assertThat(all.chat(at.url())).isEqualTo(200);
      asked++;
    }
    return asked;
  }

  /// In seconds since 1970.
  private static long restsUntil(Child at, String key) {
    var until = JsonMapper.shared().readTree(Instances.told(at, key)).findValue("until");
    return until == null ? 0 : until.asLong();
  }

  @Test
  @DisplayName(
      "F58 F59 PostgreSQL falls silent: nobody waits longer than a socket may; requests go on,"
          + " edits get 503, and it heals")
  void the_server_falls_silent() {
    try (var cable = Cable.to(PostgresServer.port(), true)) {
      var environment = new HashMap<>(all.environment(cable.port()));
      environment.merge("DATABASE_URL", "?socketTimeout=1&connectTimeout=1", String::concat);
      try (var child = Child.serving(all.home(0), environment)) {
        FarProvider.add(child, "gsk-good");
        cable.silence();
        child.awaitReadiness("ready, degraded: the store is away");
        for (var i = 0; i < 20; i++) {
          assertThat(all.chat(child.url())).isEqualTo(200);
        }
        var refused = child.post("/api/keys/add/groq", AUTH, "text/plain", "gsk-meanwhile");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        cable.mend();
        while (child.readiness().contains("degraded")) {
          Thread.onSpinWait();
        }
        FarProvider.add(child, "gsk-later");
      }
    }
  }

  @Test
  @DisplayName(
      "F59 F60 PostgreSQL answers nobody: reads and edits are told 503 soon, requests are unharmed")
  void the_server_stands_still() throws Exception {
    var child = all.start(PostgresServer.port());
    all.add(child, "gsk-good");
    try (var outsider = PostgresServer.connect(PostgresServer.databaseFor(dir));
        var statement = outsider.createStatement();
        var askers = Executors.newVirtualThreadPerTaskExecutor()) {
      outsider.setAutoCommit(false);
      statement.execute("LOCK TABLE keys, vault IN ACCESS EXCLUSIVE MODE");
      var began = System.nanoTime();
      var asked = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 6; i++) {
        asked.add(askers.submit(() -> child.get("/api/keys?provider=groq", AUTH).statusCode()));
      }
      asked.add(askers.submit(() -> add(child, "gsk-meanwhile")));
      for (var i = 0; i < 20; i++) {
        assertThat(all.chat(child.url())).isEqualTo(200);
      }
      for (var one : asked) {
        assertThat(one.get()).isEqualTo(503);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("long before an answer of the server is given up, after 20 seconds")
          .isLessThan(Duration.ofSeconds(15));
      outsider.rollback();
    }
    while (child.readiness().contains("degraded")) {
      Thread.onSpinWait();
    }
    FarProvider.add(child, "gsk-later");
  }

  private static int add(Child at, String key) {
    return at.post("/api/keys/add/groq", AUTH, "text/plain", key).statusCode();
  }

  @Test
  @DisplayName(
      "F57 PostgreSQL away at the start: it waits, says so, takes nobody, and serves once it is"
          + " there")
  void away_at_the_start() {
    var port = Ports.free();
    try (var cable = Cable.to(PostgresServer.port(), false)) {
      var environment = new HashMap<>(all.environment(cable.port()));
      environment.put("PORT", Integer.toString(port));
      waits(environment, port, cable);
    }
  }

  private void waits(Map<String, String> environment, int port, Cable cable) {
    try (var child = Child.starting(all.home(0), environment)) {
      child.await("waiting for PostgreSQL");
      assertThatThrownBy(() -> Line.to(port)).isInstanceOf(ConnectException.class);
      cable.mend();
      child.awaitServing();
      assertThat(child.printed()).doesNotContain("postgres:postgres");
    }
  }

  @Test
  @DisplayName("P15 a rolling restart of three instances under load fails no request")
  void rolling_restart() throws Exception {
    three();
    all.add(all.running.getFirst(), "gsk-good");
    all.running.forEach(it -> {
      while (all.chat(it.url()) != 200) {
        Thread.onSpinWait();
      }
    });
    var balancer = new Balancer(all.running);
    var ended = new AtomicBoolean();
    var served = new AtomicInteger();
    var failed = new AtomicInteger();
    var clients =
        IntStream.range(0, 4)
            .mapToObj(n ->
                Thread.startVirtualThread(() -> {
                  while (!ended.get()) {
                    (all.chat(balancer.next()) == 200 ? served : failed).incrementAndGet();
                  }
                }))
            .toList();
    for (var n = 0; n < 3; n++) {
      all.running.get(n).signal("TERM");
      assertThat(all.running.get(n).exit()).isZero();
      balancer.replace(n, all.restart(n));
      var before = served.get();
      while (served.get() < before + 50) {
        Thread.onSpinWait();
      }
    }
    ended.set(true);
    for (var client : clients) {
      client.join();
    }
    balancer.close();
    assertThat(failed).hasValue(0);
    assertThat(served.get()).isGreaterThan(150);
  }
}
