package io.onebalance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_758_077_793);

  @ParameterizedTest(name = "{0}: {1} may ask {2} for {3}: {4}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      nullValues = "null",
      value = {
        "k                                | k | openai     | gpt-4o                  | yes",
        "k                                | k | openai     | ''                      | yes",
        "a;k                              | k | anything   | at-all                  | yes",
        "k=openai                         | k | openai     | gpt-4o                  | yes",
        "k=openai                         | k | anthropic  | gpt-4o                  | no",
        "k=openai                         | k | openai     | ''                      | no",
        "k=openai,gpt-4o                  | k | openai     | gpt-4o                  | yes",
        "k=openai,gpt-4o                  | k | openai     | gpt-4o-mini             | no",
        "k=openai,gpt-4o,o3               | k | openai     | o3                      | yes",
        "k=,gpt-4o                        | k | openai     | gpt-4o                  | yes",
        "k=,gpt-4o                        | k | openrouter | gpt-4o                  | yes",
        "k=,gpt-4o                        | k | openai     | o3                      | no",
        "k=openrouter,meta-llama/llama-3  | k | openrouter | meta-llama/llama-3      | yes",
        "k=openrouter,meta-llama/llama-3  | k | openrouter | meta-llama              | no",
        "k=openrouter,a/b/c:free          | k | openrouter | a/b/c:free              | yes",
        "k=google-ai-studio,models/gem    | k | google-ai-studio | gem               | yes",
        "k=google,gem                     | k | google-ai-studio | gem               | yes",
        "k=Gemini,gem                     | k | google-ai-studio | gem               | yes",
        "k=p1&p2                          | k | p2         | m                       | yes",
        "k=p1&p2                          | k | p3         | m                       | no",
        "' ; k = p1 , m1 & p2 ; '         | k | p1         | m1                      | yes",
        "k(1758077794)=p1                 | k | p1         | m                       | yes",
        "k ( 1758077794 ) = p1            | k | p1         | m                       | yes",
        "k(1758077793)                    | k | p1         | m                       | yes",
        "two words                        | two words | p1 | m                       | yes",
      })
  void what_a_key_may_do_follows_the_grammar(
      String authKey, String key, String provider, String model, String answer) throws Exception {
    var grant = admitted(authKey, key);
    assertThat(grant.allows(provider, model)).isEqualTo(answer.equals("yes"));
  }

  @Test
  @DisplayName("D35 the models of one group never widen another")
  void the_models_of_one_group_never_widen_another() throws Exception {
    var grant = admitted("lim=openai,gpt-4o&anthropic,claude-x", "lim");
    assertThat(grant.allows("openai", "gpt-4o")).isTrue();
    assertThat(grant.allows("anthropic", "claude-x")).isTrue();
    assertThat(grant.allows("openai", "claude-x")).isFalse();
    assertThat(grant.allows("anthropic", "gpt-4o")).isFalse();
  }

  @Test
  @DisplayName("D35 a group without models means any model of its provider")
  void a_group_without_models_is_not_narrowed_by_another() throws Exception {
    var grant = admitted("k=p1,m1&p2", "k");
    assertThat(grant.allows("p2", "anything")).isTrue();
    assertThat(grant.allows("p1", "anything")).isFalse();
  }

  @Test
  void the_worked_example_of_the_seeds_holds() throws Exception {
    var grants = Grants.parse("master;lim=openai,gpt-4o;exp(1)=openai;exp2(1)");
    assertThat(grantOf(grants, "master").unrestricted()).isTrue();
    assertThat(grantOf(grants, "lim").unrestricted()).isFalse();
    assertThat(grants.admit(List.of("exp"), NOW)).isEqualTo(Admission.EXPIRED);
    assertThat(grants.admit(List.of("exp2"), NOW)).isEqualTo(Admission.EXPIRED);
  }

  @Test
  void a_restricted_caller_may_list_what_it_may_use() throws Exception {
    var grant = admitted("k=p1,m1&p2", "k");
    assertThat(grant.allowsProvider("p1")).isTrue();
    assertThat(grant.allowsProvider("p3")).isFalse();
    assertThat(grant.allows("p1", "")).isFalse();
  }

  @Test
  @DisplayName("D35 a later definition counts when the first has expired")
  void a_later_definition_counts_when_the_first_has_expired() throws Exception {
    assertThat(admitted("k(1)=openai;k=groq", "k").allowsProvider("groq")).isTrue();
    assertThat(admitted("k=openai;k=groq", "k").allowsProvider("groq")).isFalse();
    assertThat(Grants.parse("k(1);k(2)").admit(List.of("k"), NOW)).isEqualTo(Admission.EXPIRED);
  }

  @Test
  void a_key_is_in_force_up_to_the_second_of_its_expiry() throws Exception {
    var grants = Grants.parse("k(1758077793)");
    assertThat(grants.admit(List.of("k"), NOW)).isInstanceOf(Admission.Admitted.class);
    assertThat(grants.admit(List.of("k"), NOW.plusNanos(1))).isEqualTo(Admission.EXPIRED);
  }

  @Test
  void of_several_presented_keys_a_valid_one_wins() throws Exception {
    var grants = Grants.parse("good;old(1)");
    assertThat(grants.admit(List.of("bad", "old", "good"), NOW))
        .isInstanceOf(Admission.Admitted.class);
    assertThat(grants.admit(List.of("bad", "old"), NOW)).isEqualTo(Admission.EXPIRED);
    assertThat(grants.admit(List.of("bad"), NOW)).isEqualTo(Admission.UNKNOWN);
    assertThat(grants.admit(List.of(), NOW)).isEqualTo(Admission.MISSING);
  }

  @ParameterizedTest(name = "{0} is refused: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "k=                 | grants nothing after its '='",
        "dGhlIGtleQ==       | has a second '='",
        "k=p1,m=1           | has a second '='",
        "k=p1&              | has an empty group",
        "k=&p1              | has an empty group",
        "k=p1,              | has an empty model name",
        "k=p1,,m            | has an empty model name",
        "k=p1,models/       | has an empty model name",
        "=p1                | has no key before its '=' or '('",
        "(12)=p1            | has no key before its '=' or '('",
        "k(                 | has an expiry that is not a number",
        "k()                | has an expiry that is not a number",
        "k(soon)            | has an expiry that is not a number",
        "k(-1)              | has an expiry that is not a number",
        "k(12)x             | has an expiry that is not a number",
        "k(12)(13)          | has an expiry that is not a number",
        "k(1758077793000)   | has an expiry that is not a number",
        "k(999999999999)    | expires after the year 9999",
        "k)                 | has a ')' without a '('",
        "schlüssel          | cannot travel in a header",
      })
  void what_cannot_be_understood_stops_the_start(String definition, String what) {
    assertThatThrownBy(() -> Grants.parse("first;" + definition))
        .isInstanceOf(MalformedAuthKey.class)
        .hasMessageStartingWith("definition 2 of AUTH_KEY")
        .hasMessageContaining(what);
  }

  @Test
  @DisplayName("S3 a malformed definition is named by place and mask, never echoed")
  void a_malformed_definition_is_never_echoed() {
    assertThatThrownBy(() -> Grants.parse("a;0123456789abcdefghijwxyz=openai=x"))
        .hasMessage("definition 2 of AUTH_KEY (…wxyz) has a second '='; a key may not hold one");
    assertThatThrownBy(() -> Grants.parse("short=openai=x")).hasMessageNotContaining("short");
  }

  @Test
  void no_definition_and_too_many_are_refused() {
    assertThatThrownBy(() -> Grants.parse(" ; ;")).hasMessage("AUTH_KEY defines no key");
    var many = IntStream.rangeClosed(0, Grants.MOST_DEFINITIONS).mapToObj(i -> "k" + i);
    var text = many.collect(Collectors.joining(";"));
    assertThatThrownBy(() -> Grants.parse(text)).hasMessageContaining("allowed: up to 1000");
  }

  @Test
  void short_and_repeated_keys_bring_a_warning_without_the_key() throws Exception {
    var grants = Grants.parse("short;a-key-that-is-long-enough;a-key-that-is-long-enough(9)");
    assertThat(grants.warnings())
        .containsExactly(
            "AUTH_KEY: key 1 is shorter than 20 characters and may be guessed",
            "AUTH_KEY: key 3 …ough is defined more than once;"
                + " the first that has not expired counts");
  }

  @Test
  @DisplayName("S3 a grant is named by its mask")
  void a_grant_is_named_by_its_mask() throws Exception {
    assertThat(admitted("short", "short").toString()).doesNotContain("short");
    var key = "a-key-that-is-long-enough";
    assertThat(admitted("a;" + key, key).name()).isEqualTo("key 2 …ough");
  }

  @Test
  @DisplayName("S4 D40 keys are compared by digests, whole ones")
  void keys_are_compared_by_digests() throws Exception {
    assertThat(Digest.ofKey("k")).isEqualTo(Digest.ofKey("k")).isNotEqualTo(Digest.ofKey("K"));
    for (var bit = 0; bit < 256; bit++) {
      var bytes = new byte[32];
      bytes[bit / 8] = (byte) (1 << bit % 8);
      assertThat(Digest.of(bytes)).isNotEqualTo(Digest.of(new byte[32]));
    }
    for (var near : List.of("ke", "keyy", "Key", "key ", "")) {
      assertThat(Grants.parse("key").admit(List.of(near), NOW)).isEqualTo(Admission.UNKNOWN);
    }
  }

  private static Grant admitted(String authKey, String key) throws Exception {
    var aliases = Map.of("google", "google-ai-studio", "gemini", "google-ai-studio");
    return grantOf(Grants.parse(authKey, name -> aliases.getOrDefault(name, name)), key);
  }

  private static Grant grantOf(Grants grants, String key) {
    return switch (grants.admit(List.of(key), NOW)) {
      case Admission.Admitted(var grant) -> grant;
      case Admission.Refused(var why) -> throw new AssertionError(why);
    };
  }
}
