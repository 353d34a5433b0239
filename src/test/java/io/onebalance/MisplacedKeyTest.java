package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A key that somebody sends where the name of a model belongs: it is looked for in all that is
/// kept of it.
class MisplacedKeyTest {
  private static final String KEY = "sk-proj-stored-00000000000000000000000000";

  @TempDir Path dir;

  @RegisterExtension private final AllLogged log = new AllLogged();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-qqqqqqqqqqqqqqqqMISPLACEDqqqqqqqqqqqq7777",
        "0123456789abcdefMISPLACED0123456789abcdef"
      })
  @DisplayName("S1, S24 a key sent as a model's name is in no row, no file, no log and no answer")
  void kept_nowhere(String sent) throws IOException {
    try (var running = Running.in(dir, "timeout: {wait-ms: 0}\n").keys("openai", KEY)) {
      for (var fault : faults(sent)) {
        running.script.play(Match.ALL, fault);
        call(running, sent);
      }
      var id = running.get("/api/keys?provider=openai").body().split("\"id\":\"", -1)[1];
      var coolings = "/api/keys/" + id.substring(0, id.indexOf('"')) + "/coolings";
      assertThat(running.get(coolings).body()).contains("[redacted]").doesNotContain("MISPLACED");
      for (var path : List.of("/api/requests", "/api/usage?by=model", "/api/keys", "/metrics")) {
        assertThat(running.get(path).body()).as(path).doesNotContain("MISPLACED");
      }
      assertFilesAreClean();
    }
    assertFilesAreClean();
    assertThat(log.lines()).anyMatch(line -> line.contains("rests for [redacted]"));
    assertThat(log.lines()).noneMatch(line -> line.contains("MISPLACED"));
  }

  /// Refusals from which the pool learns something of the model, one of them in the model's own
  /// words.
  private static List<Fault> faults(String model) {
    return List.of(
        Fault.well(),
        new Fault.Says(
            404,
            Map.of("content-type", "application/json"),
            ("{\"error\":{\"message\":\"The model `%s` does not exist or you do not have access to"
                    + " it.\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}")
                .formatted(model)
                .getBytes(StandardCharsets.UTF_8)),
        Fault.refuses(Complaint.Plain.NO_QUOTA_FOR_MODEL),
        Fault.limitedToday(Duration.ofHours(2)));
  }

  private static void call(Running running, String model) {
    var reset =
        running.post(
            "/api/keys/bulk", "{\"action\":\"reset\",\"filter\":{\"provider\":\"openai\"}}");
    assertThat(reset.statusCode()).as(reset.body()).isEqualTo(200);
    running.post("/v1/chat/completions", chat("openai/" + model));
    running.post("/api/openai/v1/chat/completions", chat(model));
  }

  private static String chat(String model) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
        .formatted(model);
  }

  /// The database with its write-ahead log, the journal, and whatever else lies there.
  private void assertFilesAreClean() throws IOException {
    try (var files = Files.walk(dir.resolve("data"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text.contains("MISPLACED")).as(file.toString()).isFalse();
      }
    }
  }
}
