package io.onebalance.sync.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.provider.Catalogue;
import io.onebalance.secret.Secret;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Names;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
  private static final Names NAMES = new Names(Map.of("acme", "openai"), Catalogue.builtIn());

  private static final Carried FULL =
      new Carried(
          "openai",
          new Secret("sk-one"),
          "=SUM(A1), \"quoted\"",
          "acme",
          7,
          Optional.of("leaked, says Ann"),
          Map.of("gpt-4o", new Carried.Rest(4_102_444_800L, 90, "for the day")),
          900,
          1_700_000_000);

  private static Form form(String word) {
    return Forms.named(word, NAMES).orElseThrow();
  }

  private static Reading read(String word, String text) throws Refusal {
    return form(word).read(text.replace("\\r", "\r").replace("\\n", "\n"), Optional.of("groq"));
  }

  /// A new text with these keys.
  private static String written(String word, List<Carried> keys) throws Refusal {
    return form(word).write("", keys, keys);
  }

  /// Each key as `provider:key`.
  private static List<String> told(Reading reading) {
    return reading.keys().stream().map(k -> k.provider() + ":" + k.key().reveal()).toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv | key\\na\\nb | groq:a groq:b",
        "csv | provider,key\\nopenai,a\\r\\n\\r\\n,b | openai:a groq:b",
        "csv | a\\nb | groq:a groq:b",
        "csv | openai,a\\nmistral,b | openai:a mistral:b",
        "csv | Provider,API_KEY,Notes\\nopenai,\"a\",\"x, \"\"y\"\"\\nz\"\\nopenai,b, | openai:a"
            + " openai:b",
        "json | [\"a\",\"b\"] | groq:a groq:b",
        "json | {\"keys\":[\"a\",{\"key\":\"b\",\"provider\":\"openai\"}]} | groq:a openai:b",
        "json | {\"provider\":\"openai\",\"key\":\"a\"}\\n{\"provider\":\"x\",\"key\":\"b\"} |"
            + " openai:a x:b",
        "json | {\"openai\":[\"a\"],\"mistral\":[\"b\",\"c\"]} | openai:a mistral:b mistral:c",
        "json | [{\"results\":[{\"key\":\"a\",\"provider\":\"p\"}],\"success\":true}] | p:a",
        "env | OPENAI_API_KEY=a\\nexport GEMINI_API_KEYS=\"b,c\" # mine | openai:a"
            + " google-ai-studio:b google-ai-studio:c",
        "env | GROQ_API_KEY_2='d'\\nPORT=8080\\n#MISTRAL_API_KEY=x\\nXAI_KEY=e # x | groq:d grok:e",
        "env | ACME_API_KEY=f\\nCOHERE_API_KEY= | openai:f",
        "env | AUTH_KEY=x\\nMASTER_KEY=x\\nGITHUB_TOKEN=x\\nCLOUDFLARE_API_TOKEN=x\\nGROQ_API_KEY=g"
            + " | groq:g",
        "env | COHERE_API_KEY= # none\\nGROQ_API_KEY=g | groq:g",
        "list | a, b\\n\\n# no key\\nc;d # hers | groq:a groq:b groq:c groq:d",
        "list | {\"type\": \"service_account\", \"x\": 1} | groq:{\"type\": \"service_account\","
            + " \"x\": 1}",
      })
  void each_form_is_read(String word, String text, String keys) throws Exception {
    var reading = read(word, text);
    assertThat(String.join(" ", told(reading))).isEqualTo(keys);
    assertThat(reading.flaws()).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv | provider,key\\nopenai,canary\\nopenai, | line 3 has no key or no provider",
        "json | [1, \"canary\"] | record 1 has no key or no provider",
        "env | NOBODY_API_KEY=canary | line 1: no provider is called nobody; --map gives it a name",
        "sql | CREATE TABLE keys(key, provider);\\nINSERT INTO keys VALUES(NULL,'p') | line 2 has"
            + " no key or provider",
      })
  @DisplayName("S29 what cannot be read is named by its place, without any key")
  void flaws_are_named(String word, String text, String flaw) throws Exception {
    assertThat(read(word, text).flaws()).containsExactly(flaw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json"})
  void what_is_written_is_read_as_it_was(String word) throws Exception {
    var form = form(word);
    var plain = Carried.bare("groq", "gsk-two");
    var reading = form.read(written(word, List.of(FULL, plain)), Optional.empty());
    assertThat(reading.keys()).containsExactly(FULL, plain);
  }

  @Test
  @DisplayName("S29 a remark that a spreadsheet would run is written as text")
  void formulas_are_marked() throws Exception {
    assertThat(written("csv", List.of(FULL))).contains("\"'=SUM(A1), \"\"quoted\"\"\"");
  }

  @Test
  void environment_files_and_lists_hold_only_keys_in_use() throws Exception {
    for (var word : List.of("env", "list")) {
      assertThat(form(word).held(FULL)).isEmpty();
      assertThat(form(word).held(Carried.bare("openai", "a"))).isPresent();
    }
    var keys =
        List.of(
            Carried.bare("openai", "a"),
            Carried.bare("openai", "b"),
            Carried.bare("google-vertex-ai", "{\"k\":\"v\"}"));
    var text = written("env", keys);
    assertThat(text).isEqualTo("OPENAI_API_KEYS=a,b\nGOOGLE_VERTEX_AI_API_KEY_1='{\"k\":\"v\"}'\n");
    assertThat(told(read("env", text)))
        .containsExactly("openai:a", "openai:b", "google-vertex-ai:{\"k\":\"v\"}");
    assertThat(written("list", keys.subList(0, 2))).isEqualTo("a\nb\n");
    assertThatThrownBy(() -> written("list", keys)).hasMessageContaining("--provider");
  }

  @Test
  void a_dump_of_the_first_seed_is_read_whole() throws Exception {
    var reading = form("sql").read(resource("one-balance.sql"), Optional.empty());
    assertThat(reading.flaws()).isEmpty();
    assertThat(told(reading))
        .containsExactly(
            "google-ai-studio:AIzaSyCanaryOfTheFirstSeed0001",
            "google-ai-studio:AIzaSyCanaryOfTheFirstSeed0002",
            "google-ai-studio:AIzaSyCanaryOfTheFirstSeed0003",
            "cerebras:csk-canary-of-the-first-seed-0004",
            "openai:sk-canary-of-the-first-seed-0005");
    var second = reading.keys().get(1);
    assertThat(second.remark()).isEqualTo("from Ann; it's hers, (the 2nd)");
    assertThat(second.rests().get("gemini-2.5-pro"))
        .isEqualTo(new Carried.Rest(4_102_444_800L, 90_000, ""));
    assertThat(second.totalRest()).isEqualTo(90_060);
    assertThat(second.createdAt()).isEqualTo(1_753_561_508);
    assertThat(reading.keys().get(2).blocked()).contains("blocked where it came from");
    assertThat(reading.keys().get(3).remark()).isEqualTo("-- not a comment");
    assertThat(reading.keys().get(4).remark()).isEqualTo("two lines");
  }

  @Test
  void a_dump_of_the_other_seed_is_read_whole() throws Exception {
    var reading = form("sql").read(resource("thebalance.sql"), Optional.empty());
    assertThat(reading.flaws()).isEmpty();
    assertThat(told(reading))
        .containsExactly(
            "google-ai-studio:AIzaSyCanaryOfTheOtherSeed0001",
            "cerebras-ai:csk-canary-of-the-other-seed-0002",
            "anthropic:sk-ant-canary-of-the-other-seed-0003");
    assertThat(reading.keys().getFirst().rests().get("gemini-2.5-pro"))
        .isEqualTo(new Carried.Rest(4_102_444_800L, 0, ""));
    assertThat(reading.keys().getLast().blocked()).isPresent();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "json | [\"canary\" | it is not valid JSON, line 1",
        "sql | CREATE TABLE users(key); INSERT INTO users VALUES('canary'); | there is no table"
            + " keys",
        "sql | CREATE TABLE keys(key, provider); INSERT INTO keys VALUES('v1:canary','groq');"
            + " INSERT INTO vault VALUES(1,'canary'); | its keys are encrypted; name the database"
            + " itself: sqlite:FILE",
        "sql | CREATE TABLE keys(key, provider, key_hash BLOB); INSERT INTO keys"
            + " VALUES('v1:canary','groq',x'00'); | its keys are encrypted",
      })
  void what_is_no_such_form_is_told_without_repeating_it(String word, String text, String why) {
    assertThatThrownBy(() -> read(word, text))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("canary");
  }

  static String resource(String name) {
    try (var in = FormsTest.class.getResourceAsStream("/sync/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }
}
