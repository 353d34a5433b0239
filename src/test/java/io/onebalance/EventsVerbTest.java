package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.onebalance.cli.FullDisk;
import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Shell;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.settings.Vet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `events` against the whole program.
class EventsVerbTest {
  @TempDir Path dir;
  private final StringWriter err = new StringWriter();

  @Test
  void events_are_told_as_they_happen_and_afterwards() throws Exception {
    var told = new PipedReader();
    var following = Thread.ofVirtual().unstarted(() -> {});
    try (var running = Running.in(dir);
        var lines = new BufferedReader(told)) {
      var there = " --url " + running.url() + " --auth-key " + Running.AUTH;
      var out = new PrintWriter(new PipedWriter(told));
      following = Thread.ofVirtual().start(() -> run(out, "events --follow" + there));
      running.keys("groq", "gsk_0123456789abcdef0123456789");
      running.post(
          "/api/keys/bulk",
          "{\"action\":\"block\",\"filter\":{\"provider\":\"groq\"},\"reason\":\"badend\"}");

      assertThat(lines.readLine()).contains("blocked    groq  ").endsWith("badend");
      var after = new StringWriter();
      assertThat(run(new PrintWriter(after), "events" + there)).isZero();
      assertThat(after.toString()).contains("blocked").hasLineCount(1);
    }
    following.join();
  }

  @Test
  void a_key_that_comes_back_by_time_alone_is_told_though_nobody_asks() {
    var ahead = new AtomicReference<>(Duration.ZERO);
    try (var running = Running.at(() -> Instant.now().plus(ahead.get()), dir, "")) {
      running.keys("groq", "gsk_0123456789abcdef0123456789");
      running.script.key("gsk_0123456789abcdef0123456789", Fault.limited(Duration.ofHours(1)));
      var answer =
          running.post("/v1/chat/completions", "{\"model\":\"groq/llama\",\"messages\":[]}");
      var request = answer.headers().firstValue("x-one-balance-request-id").orElseThrow();

      assertThat(running.get("/api/events").body())
          .contains("\"event\":\"cooled\"", "\"request\":\"" + request + "\"")
          .doesNotContain("recovered");
      ahead.set(Duration.ofHours(2));
      var events = "";
      while (!events.contains("\"event\":\"recovered\"")) {
        events = running.get("/api/events").body();
      }
      assertThat(events).contains("\"model\":\"llama\"");
    }
  }

  @Test
  @Timeout(60) // the stream goes on for as long as somebody hears it
  void events_that_cannot_be_told_are_not_waited_for() throws IOException {
    var left = new CountDownLatch(1);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/events", exchange -> answer(exchange, left));
    server.start();
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      var line = "events --follow --auth-key any-key --url " + url;
      assertThat(run(FullDisk.writer(), line)).isEqualTo(1);
      assertThat(err.toString()).contains("events failed: standard output takes no more");
    } finally {
      left.countDown();
      server.stop(0);
    }
  }

  /// Nothing has happened yet; then one thing does, and nothing more until somebody `left`.
  private static void answer(HttpExchange exchange, CountDownLatch left) throws IOException {
    try (exchange) {
      var follows = exchange.getRequestURI().getQuery() != null;
      var text = follows ? "data: {\"event\":\"blocked\"}\n\n" : "{\"items\":[]}";
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      if (follows) {
        left.await();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void without_a_gateway_key_nothing_is_asked() throws IOException {
    assertThat(run(new PrintWriter(new StringWriter()), "events")).isEqualTo(1);
    assertThat(err.toString()).contains("--auth-key");
  }

  @Test
  void what_the_server_refuses_is_told_in_its_words() {
    try (var running = Running.in(dir)) {
      var there = " --url " + running.url() + " --auth-key " + Running.RESTRICTED;
      for (var verb : List.of("events", "usage", "gateway-keys")) {
        assertThat(run(new PrintWriter(new StringWriter()), verb + there)).isEqualTo(1);
      }
    }
    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("http://127.0.0.1:") && line.contains(" refused: "));
  }

  @Test
  void a_server_that_is_not_there_is_told_in_plain_words() {
    var nobody = "events --url http://127.0.0.1:1 --auth-key any-key-at-all";
    assertThat(run(new PrintWriter(new StringWriter()), nobody)).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("nothing answers at http://127.0.0.1:1; is the server running?\n");
  }

  private int run(PrintWriter out, String line) {
    var shell =
        new Shell(
            dir.resolve("elsewhere"),
            Map.of(),
            out,
            new PrintWriter(err),
            new SecureRandom(),
            Vet.NOTHING);
    return new Verbs(shell, "1", Pretence.powers()).run(line.split(" ", -1));
  }
}
