package io.onebalance.console.api.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys that go out of one console and into another.
class TransferTest {
  private static final String KEY = "sk-canary-that-travels-0001";

  @TempDir Path dir;
  private OpenConsole open;

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir.resolve("one"));
  }

  @AfterEach
  void close() {
    open.close();
  }

  private Knock in(String keys) {
    return open.post("/api/keys/import").master().json("{\"keys\":[" + keys + "]}");
  }

  private Knock out(String json) {
    return open.post("/api/keys/export").master().json(json);
  }

  private String record(String more) {
    return "{\"provider\":\"openai\",\"key\":\"" + KEY + "\"" + more + "}";
  }

  @Test
  void an_export_goes_into_another_house_whole_and_only_once() {
    var until = open.now.getEpochSecond() + 3600;
    in(record(
            ",\"remark\":\"from Ann\",\"account\":\"acme\",\"weight\":7,\"created_at\":1700000000,"
                + "\"total_cooling_seconds\":9000,\"coolings\":{\"gpt-4o\":{\"until\":"
                + until
                + ",\"total_seconds\":4000,\"reason\":\"for the day\"}}"))
        .whole();
    open.add("groq", "gsk-that-is-blocked-00000001");
    open.post("/api/keys/bulk")
        .master()
        .json("{\"action\":\"block\",\"filter\":{\"provider\":\"groq\"},\"reason\":\"leaked\"}")
        .whole();
    var lines = out("{\"reveal\":true}").text();
    var all = String.join(",", lines.lines().toList());
    try (var other = OpenConsole.in(dir.resolve("other"))) {
      var first = other.post("/api/keys/import").master().json("{\"keys\":[" + all + "]}").text();
      assertThat(first).contains("\"added\":2", "\"invalid\":0");
      var second = other.post("/api/keys/import").master().json("{\"keys\":[" + all + "]}").text();
      assertThat(second).contains("\"added\":0,\"changed\":0,\"same\":2");
      assertThat(other.get("/api/keys?provider=openai").master().text())
          .contains(
              "\"remark\":\"from Ann\"",
              "\"account\":\"acme\"",
              "\"weight\":7",
              "\"status\":\"cooling\"",
              "\"created_at\":1700000000",
              "\"until\":" + until,
              "\"reason\":\"for the day\"",
              "\"total_cooling_seconds\":9000");
      assertThat(other.get("/api/keys?provider=groq").master().text())
          .contains("\"status\":\"blocked\",\"reason\":\"leaked\"");
    }
  }

  @Test
  void a_key_that_is_here_learns_and_nothing_is_shortened_or_unblocked() {
    open.add("openai", KEY);
    var soon = open.now.plusSeconds(60).getEpochSecond();
    var late = open.now.plusSeconds(600).getEpochSecond();
    assertThat(in(record(cooling(late))).text()).contains("\"fields\":[\"cooling gpt-4o\"]");
    assertThat(in(record(cooling(soon))).text()).contains("\"same\":1");
    assertThat(in(record(",\"remark\":\"new\"")).text()).contains("\"fields\":[\"remark\"]");
    assertThat(in(record(",\"remark\":\"\"")).text()).contains("\"same\":1");
    assertThat(in(record(",\"status\":\"blocked\"")).text()).contains("\"fields\":[\"status\"]");
    assertThat(in(record(",\"status\":\"active\"")).text()).contains("\"same\":1");
    var shown = open.get("/api/keys?provider=openai").master().text();
    assertThat(shown).contains("\"status\":\"blocked\"", "\"until\":" + late, "\"new\"");
    assertThat(open.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst().action())
        .isEqualTo("import");
    assertThat(open.keyring.audit().firstFlaw()).isEmpty();
  }

  private static String cooling(long until) {
    return ",\"coolings\":{\"gpt-4o\":{\"until\":" + until + ",\"total_seconds\":60}}";
  }

  @Test
  void a_dry_run_says_what_would_be_done_and_does_nothing() {
    var said =
        open.post("/api/keys/import")
            .master()
            .json("{\"dry_run\":true,\"keys\":[" + record("") + "," + record("") + "]}")
            .text();
    assertThat(said).contains("\"added\":1,\"changed\":0,\"same\":1", "\"dry_run\":true");
    assertThat(open.ids("openai")).isEmpty();
  }

  @Test
  void one_bad_key_does_not_keep_the_others_out() {
    var said =
        in("{\"provider\":\"nobody\",\"key\":\"x\"}," + record("") + ",{\"provider\":\"groq\"}")
            .text();
    assertThat(said)
        .contains(
            "\"added\":1,\"changed\":0,\"same\":0,\"invalid\":2",
            "{\"line\":1,\"what\":\"invalid\",\"why\":\"there is no provider 'nobody'\"}",
            "{\"line\":2,\"what\":\"added\"}",
            "{\"line\":3,\"what\":\"invalid\",\"why\":\"a 'key' is missing\"}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",\"status\":\"odd\" | 'status' must be one of",
        ",\"state\":\"active\" | unknown field 'state'",
        ",\"weight\":101 | 'weight' must be a whole number",
        ",\"coolings\":[] | 'coolings' must be an object",
        ",\"coolings\":{\"m\":{\"until\":-1}} | 'until' must be a whole number",
        ",\"coolings\":{\"m\":{\"end\":1}} | unknown field 'end'",
        ",\"health\":{\"luck\":1} | unknown field 'luck'",
        ",\"created_at\":1e30 | 'created_at' must be a whole number",
      })
  @DisplayName("S25 what a record may hold is known, and what is wrong is named")
  void a_wrong_record_is_named(String more, String why) {
    assertThat(in(record(more)).text()).contains("\"invalid\":1", why).doesNotContain(KEY);
  }

  @Test
  @DisplayName("S22 keys are shown masked, unless their reveal is asked for and noted")
  void keys_are_masked_unless_revealed() {
    open.add("openai", KEY);
    assertThat(out("{}").text()).contains("…0001").doesNotContain(KEY);
    assertThat(open.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst().action()).isEqualTo("add");
    assertThat(out("{\"reveal\":true,\"filter\":{\"provider\":\"openai\"}}").text()).contains(KEY);
    var row = open.keyring.audit().newest(Long.MAX_VALUE, 1).getFirst();
    assertThat(row.action()).isEqualTo("reveal");
    assertThat(row.detail()).contains(open.ids("openai").getFirst()).doesNotContain(KEY);
  }

  @Test
  @DisplayName("S22 a session does not reveal keys, and nobody does so again and again")
  void reveals_are_kept_rare() {
    open.add("openai", KEY);
    var cookie = open.cookie();
    var signedIn =
        open.post("/api/keys/export")
            .cookie(cookie)
            .with("origin", "http://balance.example")
            .json("{\"reveal\":true}");
    assertThat(signedIn.status()).isEqualTo(403);
    for (var i = 0; i < 10; i++) {
      assertThat(out("{\"reveal\":true}").status()).isEqualTo(200);
    }
    assertThat(out("{\"reveal\":true}").status()).isEqualTo(429);
    assertThat(out("{}").status()).isEqualTo(200);
    open.now = open.now.plus(Duration.ofSeconds(60));
    assertThat(out("{\"reveal\":true}").status()).isEqualTo(200);
  }
}
