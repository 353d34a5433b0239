package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.onebalance.cli.FullDisk;
import io.onebalance.cli.Pretence;
import io.onebalance.cli.Verbs;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cli.shell.Shell;
import io.onebalance.cli.top.Top;
import io.onebalance.settings.Vet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// `top --once` against the whole program.
class TopVerbTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();

  @Test
  void what_a_server_does_is_shown() {
    try (var running = Running.in(dir).keys("groq", "gsk-one", "gsk-two")) {
      assertThat(run("--url", running.url(), "--auth-key", Running.AUTH)).isZero();
      assertThat(out.toString())
          .contains(running.url(), "PROVIDER")
          .containsPattern("groq +0 +0 +0 +0 +2 +0 +0 +0\n")
          .doesNotContain("\033");
      assertThat(run("--url", running.url(), "--auth-key", Running.RESTRICTED)).isEqualTo(1);
    }
  }

  @Test
  void a_look_that_fails_is_told_and_the_next_one_comes() throws Exception {
    var looks = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", exchange -> answer(exchange, looks.incrementAndGet() != 2));
    server.start();
    try {
      var verb = new Top(shell(), _ -> stopAfter(looks, 3));
      var spec = CommandSpec.create();
      verb.describe(spec);
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      var given = new CommandLine(spec).parseArgs("--url", url, "--auth-key", Running.AUTH);
      assertThat(verb.run(given, Optional.empty())).isEqualTo(Exit.DONE);
      assertThat(Thread.interrupted()).isTrue();
      var frames = out.toString().split("\033\\[H\033\\[J", -1);
      assertThat(frames).hasSize(4);
      assertThat(frames[1]).contains(url, "REQUESTS");
      assertThat(frames[2]).contains(url, "it restarts").doesNotContain("PROVIDER");
      assertThat(frames[3]).contains(url, "REQ/S").containsPattern("groq .* 3 ");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nothing_is_looked_at_that_cannot_be_shown() throws Exception {
    var looks = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", exchange -> answer(exchange, looks.incrementAndGet() > 0));
    server.start();
    try {
      var shell = shell(FullDisk.writer());
      var verb = new Top(shell, _ -> stopAfter(looks, 3));
      var spec = CommandSpec.create();
      verb.describe(spec);
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      var given = new CommandLine(spec).parseArgs("--url", url, "--auth-key", Running.AUTH);
      var code = Exit.of(shell, "top", () -> verb.run(given, Optional.empty()));
      assertThat(looks).hasValue(1);
      assertThat(code).isEqualTo(Exit.FAILED);
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, boolean isWell) throws IOException {
    var text =
        isWell
            ? "onebalance_keys{provider=\"groq\",state=\"ready\"} 3\n"
            : "{\"error\":{\"message\":\"it restarts\"}}";
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(isWell ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void stopAfter(AtomicInteger looks, int most) throws InterruptedException {
    if (looks.get() == most) {
      throw new InterruptedException("enough was seen");
    }
  }

  private Shell shell() {
    return shell(new PrintWriter(out));
  }

  private Shell shell(PrintWriter shown) {
    return new Shell(
        dir.resolve("elsewhere"),
        Map.of(),
        shown,
        new PrintWriter(out),
        new SecureRandom(),
        Vet.NOTHING);
  }

  private int run(String... words) {
    var line = new ArrayList<>(List.of("top", "--once"));
    line.addAll(List.of(words));
    return new Verbs(shell(), "1", Pretence.powers()).run(line.toArray(String[]::new));
  }
}
