package io.onebalance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.onebalance.cli.Serving;
import io.onebalance.cli.shell.Exit;
import io.onebalance.cluster.Cluster;
import io.onebalance.program.Program;
import io.onebalance.program.Welcome;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Loaded;
import io.onebalance.settings.read.AuthKeyFile;
import io.onebalance.settings.read.SettingsReader;
import io.onebalance.store.Database;
import io.onebalance.store.file.Schema;
import io.onebalance.store.history.SpentElsewhere;
import io.onebalance.store.keyring.Keyring.NewKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;

/// A start, what most people do first, and the end; then a start with keys, and what a server as
/// database takes. A JVM that is told to note what it loads and compiles meanwhile starts with half
/// of the CPU the next time.
final class Rehearsal implements Serving {
  private static final int REQUESTS = 200;
  private static final int KEYS = 2_000;

  /// A start waits for a server for ever, a rehearsal does not.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final InstantSource clock;
  private final SecureRandom chance;

  Rehearsal(PrintWriter err, InstantSource clock, SecureRandom chance) {
    this.err = err;
    this.clock = clock;
    this.chance = chance;
  }

  @Override
  public int serve(SettingsReader reader, Loaded loaded) {
    var key = loaded.settings().authKey().orElseThrow();
    try (var server = new RehearsedServer(Schema.CURRENT.newest())) {
      addKeys(loaded, key);
      ask(loaded, key);
      var folder = loaded.settings().storage().dataDir().resolve("server");
      Thread.ofPlatform().daemon().start(() -> use(server, folder)).join(LONGEST);
      return Exit.DONE;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    } catch (IOException failed) {
      err.println("The rehearsal failed: " + failed.getMessage());
      return Exit.FAILED;
    }
  }

  /// The next start finds them.
  private void addKeys(Loaded loaded, Secret key) {
    try (var program = Program.start(loaded.settings(), key, clock, chance)) {
      var keys =
          IntStream.range(0, KEYS).mapToObj(n -> new NewKey("rehearsal-key-" + n, "", "")).toList();
      program.keyring().add("groq", keys, "rehearsal");
    }
  }

  private void ask(Loaded loaded, Secret key) throws IOException {
    try (var program = Program.start(loaded.settings(), key, clock, chance)) {
      var welcome = new PrintWriter(new StringWriter());
      Welcome.say(welcome, program.places(), new AuthKeyFile.Kept(key, false));
      var server = URI.create(program.url());
      for (var i = 0; i < REQUESTS; i++) {
        ask(server, chat(key, i % 2 == 0));
      }
      ask(server, "GET /login HTTP/1.1\r\nHost: rehearsal\r\nConnection: close\r\n\r\n");
    }
  }

  /// As an instance does that joins others.
  private void use(RehearsedServer server, Path folder) {
    try (var database = Database.open(folder, server.url(), clock);
        var cluster = Cluster.of(database, () -> {}).orElseThrow()) {
      cluster.begin();
      SpentElsewhere.from(database);
    }
  }

  private static String chat(Secret key, boolean stream) {
    var body =
        "{\"model\":\"sandbox/echo\",\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: rehearsal\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\nAuthorization: Bearer "
        + key.reveal()
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /// Asks on a connection of its own and reads until the server closes it.
  private static void ask(URI server, String request) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException(answer.lines().findFirst().orElse("no answer"));
      }
    }
  }
}
