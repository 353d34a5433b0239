package io.onebalance.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.console.PretendTrials;
import io.onebalance.server.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkApiTest {
  @TempDir Path dir;
  private OpenConsole open;

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir, new PretendTrials());
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void keys_are_named_by_id_or_chosen_by_filter() {
    var ids = open.add("openai", "sk-1", "sk-2", "sk-3");
    open.add("groq", "gsk-1");

    assertThat(
            bulk("{\"action\":\"block\",\"ids\":[\""
                    + ids.getFirst()
                    + "\",\"none\"],\"reason\":\"spent\"}")
                .text())
        .isEqualTo("{\"action\":\"block\",\"changed\":1}");
    assertThat(open.get("/api/keys/" + ids.getFirst()).master().text())
        .contains("\"reason\":\"spent\"");
    assertThat(bulk("{\"action\":\"unblock\",\"filter\":{\"status\":\"blocked\"}}").text())
        .contains("\"changed\":1");
    assertThat(bulk("{\"action\":\"reset\",\"filter\":{\"provider\":\"openai\"}}").text())
        .contains("\"changed\":3");
    assertThat(bulk("{\"action\":\"delete\",\"filter\":{\"provider\":\"openai\"}}").text())
        .contains("\"changed\":3");
    assertThat(open.ids("openai")).isEmpty();
    assertThat(open.ids("groq")).hasSize(1);
  }

  @Test
  void who_accepts_lines_hears_of_each_thousand() {
    open.add(
        "openai", IntStream.range(0, 2_500).mapToObj("sk-%06d"::formatted).toArray(String[]::new));
    var ids = open.add("groq", "gsk-1", "gsk-2");

    assertThat(
            lines(
                "{\"action\":\"block\",\"filter\":{\"provider\":\"openai\",\"status\":\"active\"}}"))
        .containsExactly(
            "{\"changed\":1000,\"of\":2500}",
            "{\"changed\":2000,\"of\":2500}",
            "{\"changed\":2500,\"of\":2500}",
            "{\"done\":true,\"action\":\"block\",\"changed\":2500}");
    assertThat(lines("{\"action\":\"delete\",\"filter\":{\"status\":\"blocked\"}}"))
        .hasSize(4)
        .last()
        .isEqualTo("{\"done\":true,\"action\":\"delete\",\"changed\":2500}");
    assertThat(open.ids("openai")).isEmpty();
    assertThat(lines("{\"action\":\"reset\",\"ids\":[\"%s\",\"none\"]}".formatted(ids.getFirst())))
        .containsExactly(
            "{\"changed\":1,\"of\":2}", "{\"done\":true,\"action\":\"reset\",\"changed\":1}");
    assertThat(lines("{\"action\":\"reset\",\"filter\":{\"status\":\"blocked\"}}")).hasSize(2);
  }

  private List<String> lines(String json) {
    return bulk(json).with("accept", "application/x-ndjson").text().lines().toList();
  }

  @Test
  @DisplayName("S25 what is not clearly asked for is not done")
  void unclear_requests_are_refused() {
    var id = open.add("openai", "sk-1").getFirst();
    for (var body :
        new String[] {
          "{\"action\":\"delete\"}",
          "{\"action\":\"delete\",\"filter\":{}}",
          "{\"action\":\"delete\",\"filter\":{\"provider\":\"\"}}",
          "{\"action\":\"delete\",\"filter\":{\"state\":\"active\"}}",
          "{\"action\":\"delete\",\"filter\":{\"status\":\"odd\"}}",
          "{\"action\":\"delete\",\"ids\":[\"" + id + "\"],\"filter\":{\"provider\":\"openai\"}}",
          "{\"action\":\"delete\",\"ids\":\"" + id + "\"}",
          "{\"action\":\"delete\",\"ids\":[1]}",
          "{\"action\":\"destroy\",\"ids\":[\"" + id + "\"]}",
          "{\"action\":\"delete\",\"reason\":\"x\",\"ids\":[\"" + id + "\"]}",
          "{\"action\":\"delete\",\"model\":\"x\",\"ids\":[\"" + id + "\"]}",
          "{\"ids\":[\"" + id + "\"]}",
          "{\"action\":\"delete\",\"all\":true}"
        }) {
      assertThat(bulk(body).status()).as(body).isEqualTo(400);
    }
    assertThat(bulk("{\"action\":\"delete\",\"filter\":{\"provider\":\"nobody\"}}").status())
        .isEqualTo(404);
    assertThat(
            bulk("{\"action\":\"delete\",\"ids\":[" + "\"x\",".repeat(10_000) + "\"x\"]}").status())
        .isEqualTo(413);
    assertThat(open.post("/api/keys/bulk").master().body("text/plain", "{}").status())
        .isEqualTo(415);
    assertThat(open.ids("openai")).hasSize(1);
  }

  @Test
  @DisplayName("D32 tests tell each result as it comes, and the sums at the end")
  void tests_are_streamed() {
    var expected =
        """
        {"id":"ab","passed":true,"outcome":"valid","detail":"m by ACTOR","took_ms":12}
        {"id":"abc","passed":false,"outcome":"unknown","detail":"m by ACTOR","took_ms":12}
        {"done":true,"tested":2,"passed":1,"failed":1,"outcomes":{"unknown":1,"valid":1}}
        """;
    var direct =
        open.post("/api/keys/test")
            .master()
            .json("{\"ids\":[\"ab\",\"abc\"],\"model\":\"m\"}")
            .whole();
    var bulk =
        bulk("{\"action\":\"test\",\"filter\":{\"provider\":\"openai\"},\"model\":\"m\"}").whole();

    assertThat(Knock.header(direct, "content-type")).isEqualTo("application/x-ndjson");
    assertThat(Knock.text(direct)).isEqualTo(expected.replace("ACTOR", actor(direct)));
    assertThat(Knock.text(bulk)).isEqualTo(Knock.text(direct));
    assertThat(open.post("/api/keys/test").master().json("{}").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("D18 the cleanup answers what it did")
  void the_cleanup_answers_what_it_did() {
    assertThat(open.post("/test/run-cleanup/google").master().text())
        .isEqualTo("{\"checked\":5,\"deleted\":2,\"blocked\":0,\"recovered\":1}");
    assertThat(open.post("/test/run-cleanup/nobody").master().status()).isEqualTo(404);
  }

  private static String actor(Reply.Whole reply) {
    var text = Knock.text(reply);
    var start = text.indexOf("m by ") + "m by ".length();
    return text.substring(start, text.indexOf('"', start));
  }

  private Knock bulk(String body) {
    return open.post("/api/keys/bulk").master().json(body);
  }
}
