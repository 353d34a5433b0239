package io.onebalance.sync.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.provider.Catalogue;
import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Names;
import io.onebalance.sync.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that hold more than the keys that are brought there.
class KeyFileTest {
  private static final Names NAMES = new Names(Map.of("acme", "openai"), Catalogue.builtIn());
  private static final Carried JSON = Carried.bare("google-vertex-ai", "{\"k\": \"v, w\"}");

  @TempDir Path dir;

  /// Brings these to a file of this form that says `before`; `\n` and `\r` are line ends.
  private List<Fate> bring(String word, String before, List<Carried> keys) throws IOException {
    Files.writeString(file(word), ends(before));
    return bring(word, keys);
  }

  private List<Fate> bring(String word, List<Carried> keys) throws IOException {
    var form = Forms.named(word, NAMES).orElseThrow();
    return new KeyFile(file(word), form, Optional.of("groq"), NAMES, () -> Instant.EPOCH)
        .bring(keys, false);
  }

  private Path file(String word) {
    return dir.resolve("keys." + word);
  }

  private static String ends(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r");
  }

  private static Carried blocked(String provider, String key) {
    return new Carried(
        provider, new Secret(key), "", "", 0, Optional.of("dead"), Map.of(), 0, 1_700_000_000);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "env | # mine\\nAUTH_KEY=a\\nMASTER_KEY=m\\nDATABASE_URL=postgresql://u:p@h/d\\n"
            + " | # mine\\nAUTH_KEY=a\\nMASTER_KEY=m\\nDATABASE_URL=postgresql://u:p@h/d\\n"
            + "GROQ_API_KEYS=g1,g2\\n",
        "env | PORT=1 | PORT=1\\nGROQ_API_KEYS=g1,g2\\n",
        "env | export GROQ_API_KEYS=g0 # hers\\r\\nPORT=1\\r\\n"
            + " | export GROQ_API_KEYS=g0,g1,g2 # hers\\r\\nPORT=1\\r\\n",
        "env | GROQ_API_KEYS=\"g0, g1\" # x\\n | GROQ_API_KEYS=\"g0, g1,g2\" # x\\n",
        "env | GROQ_API_KEYS=\\nPORT=1\\n | GROQ_API_KEYS=g1,g2\\nPORT=1\\n",
        "env | GROQ_API_KEYS= # none yet\\n | GROQ_API_KEYS= g1,g2 # none yet\\n",
        "env | GROQ_API_KEY=g1\\nNOBODY_API_KEY=n\\n"
            + " | GROQ_API_KEY=g1\\nNOBODY_API_KEY=n\\nGROQ_API_KEYS=g2\\n",
        "list | # Ann's\\ng0 # hers\\n | # Ann's\\ng0 # hers\\ng1\\ng2\\n",
        "list | g2,g1 | g2,g1",
        "env | \uFEFFGROQ_API_KEYS=g0\\nPORT=1\\n | \uFEFFGROQ_API_KEYS=g0,g1,g2\\nPORT=1\\n",
        "list | \uFEFFg1\\n | \uFEFFg1\\ng2\\n",
      })
  @DisplayName("what a file says beside the keys that are brought there stays")
  void what_stands_there_stays(String word, String before, String after) throws Exception {
    bring(word, before, List.of(Carried.bare("groq", "g1"), Carried.bare("groq", "g2")));
    assertThat(Files.readString(file(word))).isEqualTo(ends(after));
    var fates = bring(word, List.of(Carried.bare("groq", "g2")));
    assertThat(fates).containsExactly(new Fate.Same());
    assertThat(Files.readString(file(word))).isEqualTo(ends(after));
  }

  @Test
  void a_credential_in_json_gets_a_line_that_no_other_has() throws Exception {
    bring("env", "GOOGLE_VERTEX_AI_API_KEY_1='{\"a\":1}'\n", List.of(JSON));
    bring("env", List.of(JSON, Carried.bare("google-vertex-ai", "AQ.x")));
    assertThat(file("env"))
        .hasContent(
            "GOOGLE_VERTEX_AI_API_KEY_1='{\"a\":1}'\n"
                + "GOOGLE_VERTEX_AI_API_KEY_2='{\"k\": \"v, w\"}'\n"
                + "GOOGLE_VERTEX_AI_API_KEYS=AQ.x\n");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv | provider,key,remark\\ngroq,,left by Ann\\n | line 2 has no key",
        "csv | provider,key,team\\ngroq,g0,blue\\n | the column 'team'",
        "csv | provider,key\\ngroq,g0,blue\\n | line 2 has more fields",
        "csv | groq,g0,hers\\n | line 1 has more fields than provider and key",
        "csv | g0\\ng2,hers\\n | line 2 has more fields than key",
        "json | [{\"key\":\"g0\"},{\"remark\":\"later\"}] | record 2 has no key",
        "json | {\"version\":2,\"keys\":[\"g0\"]} | the field 'version'",
        "json | [{\"key\":\"g0\",\"team\":\"blue\"}] | the field 'team'",
        "json | [{\"results\":[{\"key\":\"g0\",\"latency_ms\":3}]}] | the field 'latency_ms'",
      })
  @DisplayName("a file that would lose something is not written")
  void what_cannot_be_kept_is_refused(String word, String before, String why) throws Exception {
    assertThatThrownBy(() -> bring(word, before, List.of(Carried.bare("groq", "g1"))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("keys." + word)
        .hasMessageContaining(why)
        .hasMessageContaining("would be lost");
    assertThat(Files.readString(file(word))).isEqualTo(ends(before));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv | key\\ng0\\n",
        "csv | groq,g0\\n",
        "json | [\"g0\"]",
        "env | GROQ_API_KEY=g0\\n",
        "list | g0\\n",
        "sql | CREATE TABLE keys(key); INSERT INTO keys VALUES('g0');",
      })
  @DisplayName("a byte order mark before the text is no part of its first line")
  void a_byte_order_mark_hides_nothing(String word, String text) throws Exception {
    var form = Forms.named(word, NAMES).orElseThrow();
    var bytes = ("\uFEFF" + ends(text)).getBytes(StandardCharsets.UTF_8);
    var reading =
        KeyFile.read(new ByteArrayInputStream(bytes), form, Optional.of("groq"), "a file");
    assertThat(reading.flaws()).isEmpty();
    assertThat(reading.keys()).containsExactly(Carried.bare("groq", "g0"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv | provider,key,remark\\ngemini,a,hers\\n",
        "json | {\"provider\":\"gemini\",\"key\":\"a\",\"remark\":\"hers\"}\\n",
      })
  @DisplayName("D38 a key is known by any name of its provider, and keeps the one that it has")
  void a_key_under_an_alias_is_there_already(String word, String before) throws Exception {
    var key = Carried.bare("google-ai-studio", "a");
    assertThat(bring(word, before, List.of(key))).containsExactly(new Fate.Same());
    assertThat(bring(word, List.of(blocked("google-ai-studio", "a"))))
        .containsExactly(new Fate.Changed(List.of("status")));
    assertThat(Files.readString(file(word)))
        .contains("gemini", "hers", "blocked")
        .doesNotContain("google-ai-studio");
  }

  @Test
  void a_key_that_stands_there_under_two_names_becomes_one() throws Exception {
    var before = "provider,key,remark,account\ngemini,a,hers,\ngoogle-ai-studio,a,,acme\n";
    bring("csv", before, List.of(Carried.bare("google-ai-studio", "b")));
    assertThat(Files.readAllLines(file("csv")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("gemini,a,hers,acme,"))
        .anyMatch(line -> line.startsWith("google-ai-studio,b,"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"env", "list"})
  void blocked_keys_are_left_where_their_block_could_not_be_told(String word) throws Exception {
    var here = Carried.bare("groq", "g0");
    bring(word, List.of(here));
    var text = Files.readString(file(word));
    assertThat(bring(word, List.of(blocked("groq", "g0"), blocked("groq", "g1"))))
        .hasOnlyElementsOfType(Fate.Skipped.class);
    assertThat(Files.readString(file(word))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "env", "list"})
  @DisplayName("a second run changes nothing, whatever is known of the keys")
  void a_second_run_changes_nothing(String word) throws Exception {
    var full =
        new Carried(
            "groq",
            new Secret("g1"),
            "hers",
            "acme",
            1,
            Optional.empty(),
            Map.of("m", new Carried.Rest(4_102_444_800L, 60, "full")),
            60,
            1_700_000_000);
    var keys = List.of(full, Carried.bare("groq", "g2"));
    assertThat(bring(word, keys)).hasOnlyElementsOfType(Fate.Added.class);
    assertThat(bring(word, keys)).hasOnlyElementsOfType(Fate.Same.class);
  }

  @Test
  void a_list_takes_the_keys_of_its_provider_only() throws Exception {
    assertThatThrownBy(() -> bring("list", "g0\n", List.of(Carried.bare("openai", "sk-1"))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("one provider");
    assertThat(file("list")).hasContent("g0");
  }
}
