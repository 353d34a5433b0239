package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.Sandbox;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Script;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;

/// A provider outside of the program, in place of Groq. Streams of the key [#SLOW] begin and stand
/// still until the gate opens.
final class FarProvider implements AutoCloseable {
  static final String AUTH = "gateway-key-of-the-process-test";
  static final String SLOW = "gsk-slow";

  final Gate gate = new Gate();
  final Script script = new Script().key(SLOW, new Fault.Stalls(600, gate));
  private final Vertx vertx = Vertx.vertx();
  final Sandbox sandbox = Sandbox.start(vertx, script, Clock.systemUTC()).await();

  /// Settings that lead to it, after these lines; nobody sees half of them.
  void settings(Path dir, String lines) {
    try {
      var draft = dir.resolve("one-balance.yaml.draft");
      Files.writeString(
          draft,
          "auth-key: %s\n%s\nproviders:\n  groq: {base-url: '%s/openai/v1'}\n"
              .formatted(AUTH, lines, sandbox.url()));
      Files.move(draft, dir.resolve("one-balance.yaml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The program with these lines of settings and a good key of this provider.
  Child serving(Path dir, String lines, String... flags) {
    settings(dir, lines);
    var child = Child.serving(dir, Map.of(), flags);
    add(child, "gsk-good");
    return child;
  }

  static void add(Child child, String key) {
    var added = child.post("/api/keys/add/groq", AUTH, "text/plain", key);
    assertThat(added.body()).contains("\"added\":1");
  }

  /// Asks for a whole answer.
  static HttpResponse<String> ask(Child child) {
    return child.post("/v1/chat/completions", AUTH, "application/json", chat("groq/any", false));
  }

  static void assertServes(Child child) {
    assertThat(ask(child).statusCode()).isEqualTo(200);
  }

  static String chat(String model, boolean streamed) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":%s}"
        .formatted(model, streamed);
  }

  /// Asks for a stream; what comes back has begun.
  static HttpResponse<InputStream> begun(Child child) {
    var body = BodyPublishers.ofString(chat("groq/any", true));
    var request = child.to("/v1/chat/completions", AUTH).header("content-type", "application/json");
    var answer = child.send(request.POST(body), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  /// What a stream says to its end, and whether that was a clean one.
  record Told(String text, boolean whole) {}

  static Told told(HttpResponse<InputStream> answer) {
    var text = new StringBuilder();
    try (var in = answer.body()) {
      var piece = new byte[4096];
      for (var got = in.read(piece); got >= 0; got = in.read(piece)) {
        text.append(new String(piece, 0, got, StandardCharsets.UTF_8));
      }
      return new Told(text.toString(), true);
    } catch (IOException cut) {
      return new Told(text.toString(), false);
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
