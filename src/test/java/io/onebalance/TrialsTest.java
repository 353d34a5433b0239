package io.onebalance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live tests and the cleanup, over the key API of the whole program.
class TrialsTest {
  private static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
  private static final String GOOD = "gsk-canary-of-a-good-key-000000001";
  private static final String DEAD = "gsk-canary-of-a-dead-key-000000002";
  private static final String LIMITED = "gsk-canary-of-a-limited-key-000003";
  private static final String UNSURE = "gsk-canary-of-a-doubtful-key-00004";

  @TempDir Path dir;

  @Test
  @DisplayName("D32 keys are tested live, told line by line without any key, and changed by it")
  void keys_are_tested_live_and_changed_by_it() {
    try (var running = Running.in(dir).keys("groq", GOOD, DEAD, LIMITED, UNSURE)) {
      running.script.key(DEAD, Fault.dead());
      running.script.key(LIMITED, Fault.limited(Duration.ofSeconds(30)));
      running.script.key(UNSURE, Fault.broken());
      var answer =
          running.post(
              "/api/keys/test", "{\"filter\":{\"provider\":\"groq\"},\"model\":\"llama\"}");
      assertThat(answer.statusCode()).isEqualTo(200);
      var lines = answer.body().lines().toList();
      assertThat(lines).hasSize(5);
      assertThat(lines.getLast())
          .isEqualTo(
              "{\"done\":true,\"tested\":4,\"passed\":2,\"failed\":2,\"outcomes\":"
                  + "{\"invalid\":1,\"limited\":1,\"unknown\":1,\"valid\":1}}");
      assertThat(details(lines)).anyMatch(line -> line.contains("\"detail\":\"valid\""));
      assertThat(details(lines)).anyMatch(line -> line.contains("\"detail\":\"valid, limited: "));
      assertThat(details(lines)).anyMatch(line -> line.contains("\"detail\":\"invalid: "));
      assertThat(details(lines)).anyMatch(line -> line.contains("\"detail\":\"unknown: "));
      assertThat(answer.body()).doesNotContain("gsk-canary");
      assertThat(running.get("/api/keys?provider=groq&status=blocked").body())
          .contains("\"total\":1");
      assertThat(running.get("/api/keys?provider=groq&status=cooling").body())
          .contains("\"total\":1");
    }
  }

  /// The last key hangs until three lines have been read.
  @Test
  void each_outcome_is_told_as_soon_as_it_is_known() throws Exception {
    var gate = new Gate();
    try (var running = Running.in(dir).keys("groq", GOOD, DEAD, LIMITED, UNSURE)) {
      running.script.key(UNSURE, new Fault.Hangs(gate));
      var asking =
          running
              .to("/api/keys/test")
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString("{\"filter\":{\"provider\":\"groq\"}}"))
              .build();
      try (var http = HttpClient.newHttpClient();
          var answer =
              new BufferedReader(
                  new InputStreamReader(
                      http.send(asking, BodyHandlers.ofInputStream()).body(), UTF_8))) {
        for (var i = 0; i < 3; i++) {
          assertThat(answer.readLine()).contains("\"detail\":\"valid\"");
        }
        gate.open();
        assertThat(answer.lines()).hasSize(2);
      }
    }
  }

  private static List<String> details(List<String> lines) {
    return lines.subList(0, lines.size() - 1);
  }

  @Test
  @DisplayName("D18 the cleanup by hand deletes what it counts")
  void the_cleanup_deletes_what_it_counts() {
    try (var running = Running.in(dir, "health:\n  recovery-threshold: 1\n")) {
      var fate = new ArrayList<Fault>(Collections.nCopies(11, noAccess()));
      fate.add(Fault.dead());
      running.script.key("AIza-canary", fate.toArray(Fault[]::new));
      running.keys("google-ai-studio", "AIza-canary");
      for (var i = 0; i < 11; i++) {
        var path = "/api/google-ai-studio/v1beta/models/model-%d:generateContent".formatted(i);
        assertThat(running.post(path, HELLO).statusCode()).isNotEqualTo(200);
      }
      var cleaned = running.post("/test/run-cleanup/google", "");
      assertThat(cleaned.body())
          .isEqualTo("{\"checked\":1,\"deleted\":1,\"blocked\":0,\"recovered\":0}");
      assertThat(running.get("/api/keys?provider=google-ai-studio").body()).contains("\"total\":0");
    }
  }

  private static Fault noAccess() {
    return Fault.refuses(Plain.NO_QUOTA_FOR_MODEL);
  }
}
