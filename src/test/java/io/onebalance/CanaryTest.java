package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Keys that nobody may ever see, through every fault, in all that leaves the program.
class CanaryTest {
  private static final List<String> KEYS =
      List.of(
          "sk-proj-aaaaaaaaaaaaaaaaaaCANARYaaaaaaaaaaaa1111",
          "sk-ant-api03-bbbbbbbbbbbbbbCANARYbbbbbbbbbbb2222",
          "AIzaSycccccccccccccCANARYcccccccccccccc3",
          "no+usual/shape-ddddCANARYdddddddddddd4");

  private static final Map<String, String> CALLS =
      Map.of(
          "/api/openai/v1/chat/completions", chat(false),
          "/api/openai/v1/chat/completions?x=stream", chat(true),
          "/api/anthropic/v1/messages", chat(true),
          "/api/google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent", contents(),
          "/api/google/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", contents());

  @TempDir Path dir;

  @RegisterExtension private final AllLogged log = new AllLogged();
  private final List<String> answers = new ArrayList<>();

  @Test
  @DisplayName("P20, S1 canary keys appear in no log, answer, page, API answer, metric or file")
  void no_key_is_ever_seen() throws IOException {
    try (var running =
        Running.in(dir, "timeout: {overall-ms: 1200, attempt-ms: 300, wait-ms: 0}\n")) {
      for (var provider : List.of("openai", "anthropic", "google-ai-studio")) {
        running.keys(provider, KEYS.toArray(String[]::new));
      }
      for (var fault : faults()) {
        running.script.play(Match.ALL, fault);
        callAll(running);
      }
      for (var status : new int[] {200, 400, 401, 403, 404, 429, 500, 503}) {
        KEYS.forEach(key -> running.script.key(key, echo(status, key)));
        callAll(running);
      }
      look(running);
    }
    assertThat(answers).hasSizeGreaterThan(200);
    assertThat(answers.stream().filter(CanaryTest::tells)).isEmpty();
    assertThat(log.lines().stream().filter(CanaryTest::tells)).isEmpty();
    assertThat(log.lines()).as("what happened to keys").anyMatch(line -> line.contains(" key "));
    assertFilesAreClean();
  }

  private static List<Fault> faults() {
    var faults = new ArrayList<Fault>();
    for (var complaint : Complaint.Plain.values()) {
      faults.add(Fault.refuses(complaint));
      faults.add(new Fault.RefusesWith200(complaint));
    }
    faults.add(new Fault.FailsAfter(0, Complaint.Plain.INVALID_KEY));
    faults.add(new Fault.FailsAfter(2, Complaint.Plain.INVALID_KEY));
    faults.add(Fault.limited(Duration.ofSeconds(20)));
    faults.add(Fault.limitedToday(Duration.ofSeconds(20)));
    faults.add(new Fault.Empty());
    faults.add(Fault.hangs());
    faults.add(new Fault.Cuts(300, true));
    faults.add(new Fault.HangsUp(true));
    faults.add(
        new Fault.Garbage(("GARBAGE " + KEYS + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
    faults.add(new Fault.WrongLength(10));
    faults.add(Fault.redirects(302, "http://127.0.0.1:9/?key=" + KEYS.getFirst()));
    return faults;
  }

  /// A provider that repeats the key it was given; in a success, among the fields only.
  private static Fault echo(int status, String key) {
    var body = status == 200 ? "{}" : "{\"error\":{\"message\":\"bad key: " + key + "\"}}";
    return new Fault.Says(
        status,
        Map.of("content-type", "application/json", "x-echo", "Bearer " + key),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private void callAll(Running running) {
    CALLS.forEach((path, body) -> call(running, path, body));
    forgive(running);
  }

  private void call(Running running, String path, String body) {
    var request =
        running
            .to(path)
            .header("content-type", "application/json")
            .header("x-one-balance-explain", "1")
            .POST(BodyPublishers.ofString(body));
    try {
      keep(running.send(request));
    } catch (IllegalStateException cut) {
      answers.add(cut.toString());
    }
  }

  private void forgive(Running running) {
    for (var provider : List.of("openai", "anthropic", "google-ai-studio")) {
      for (var action : List.of("unblock", "reset")) {
        var changed =
            running.post(
                "/api/keys/bulk",
                "{\"action\":\"%s\",\"filter\":{\"provider\":\"%s\"}}".formatted(action, provider));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
      }
    }
  }

  /// All that people and tools can look at.
  private void look(Running running) {
    for (var path :
        List.of(
            "/api/keys",
            "/api/providers",
            "/api/requests",
            "/api/events",
            "/api/usage",
            "/health/ready",
            "/metrics")) {
      keep(running.get(path));
    }
    var requests = requests(running);
    requests.forEach(id -> keep(running.get("/api/requests/" + id)));
    var ids = running.get("/api/keys?provider=openai").body().split("\"id\":\"", -1);
    var id = ids[1].substring(0, ids[1].indexOf('"'));
    keep(running.get("/api/keys/" + id));
    keep(running.get("/api/keys/" + id + "/coolings"));
    var cookie = signIn(running);
    var pages =
        Stream.concat(
            Stream.of(
                "/",
                "/providers",
                "/keys/openai",
                "/keys/openai/" + id,
                "/keys/openai?q=1111",
                "/requests",
                "/audit",
                "/settings"),
            requests.stream().map(request -> "/requests/" + request));
    for (var page : pages.toList()) {
      var shown = running.send(running.bare(page).header("cookie", cookie).GET());
      assertThat(shown.statusCode()).as(page).isEqualTo(200);
      keep(shown);
    }
  }

  /// The ids of the latest requests, each of which tells its attempts and why its keys were chosen.
  private static List<String> requests(Running running) {
    var listed = running.get("/api/requests?limit=50").body();
    var ids = Pattern.compile("\"request_id\":\"([0-9a-f]{24})\"").matcher(listed).results();
    var all = ids.map(found -> found.group(1)).toList();
    assertThat(all).as(listed).hasSizeGreaterThan(20);
    return all;
  }

  private static String signIn(Running running) {
    var entered =
        running.send(
            running
                .bare("/login")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("auth_key=" + Running.AUTH)));
    assertThat(entered.body()).doesNotContain(Running.AUTH);
    var cookie = entered.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).doesNotContain(Running.AUTH);
    return cookie.split(";", -1)[0];
  }

  private void keep(HttpResponse<String> answer) {
    answers.add(answer.headers().map() + "\n" + answer.body());
  }

  private static boolean tells(String text) {
    return text.contains("CANARY") || text.contains(Running.AUTH);
  }

  private void assertFilesAreClean() throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("data"))) {
      var all = files.filter(Files::isRegularFile).toList();
      assertThat(all).isNotEmpty();
      for (var file : all) {
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text.contains("CANARY")).as(file.toString()).isFalse();
        assertThat(text.contains(Running.AUTH)).as(file.toString()).isFalse();
      }
    }
  }

  private static String chat(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"max_tokens\":64,\"stream\":%s,%s}"
        .formatted(stream, "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]");
  }

  private static String contents() {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";
  }
}
