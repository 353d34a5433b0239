package io.onebalance.console.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFinderTest {
  @ParameterizedTest
  @CsvSource({
    "AIzaSyA12345678901234567890123456789012, google-ai-studio",
    "sk-ant-api03-abcdefghijklmnopqrstuvwxyz_-0123, anthropic",
    "sk-or-v1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, openrouter",
    "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789, openai",
    "sk-abcdefghijklmnopqrstT3BlbkFJabcdefghijklmnopqrst, openai",
    "sk-0123456789abcdef0123456789abcdef, deepseek qwen anyrouter openai",
    "gsk_abcdefghijklmnopqrstuvwxyz0123456789, groq",
    "xai-abcdefghijklmnopqrstuvwxyz0123456789, grok",
    "csk-abcdefghijklmnopqrstuvwxyz0123456789, cerebras",
    "fw_abcdefghijklmnopqrstuvwx, fireworks",
    "pplx-abcdefghijklmnopqrstuvwxyz0123456789, perplexity-ai",
    "hf_abcdefghijklmnopqrstuvwxyz01234567, huggingface",
    "r8_abcdefghijklmnopqrstuvwxyz0123456789, replicate",
    "sk_car_abcdefghijklmnop, cartesia",
    "sk_0123456789abcdef0123456789abcdef0123456789abcdef, elevenlabs"
  })
  void a_key_is_known_by_its_beginning_wherever_it_stands(String key, String providers) {
    for (var text :
        new String[] {
          key,
          "export KEY=\"" + key + "\";",
          "- [ ] mine: `" + key + "`, from Bob",
          "<td>" + key + "</td>",
          "https://x.example/?key=" + key + "&y=1",
          key + "|" + key + "\t" + key + "."
        }) {
      assertThat(KeyFinder.in(text))
          .as(text)
          .singleElement()
          .satisfies(found -> {
            assertThat(String.join(" ", found.providers())).isEqualTo(providers);
            assertThat(found.keys()).containsExactly(key);
          });
    }
  }

  @Test
  void credentials_in_json_are_taken_whole() {
    var account =
        "{\"type\": \"service_account\", \"private_key\": \"sk-ant-not-a-key-0123456789\"}";
    var found = KeyFinder.in("see\n" + account + "\nand {not json} and {\"a\": 1}");

    assertThat(found)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.providers()).containsExactly("google-vertex-ai");
          assertThat(one.keys()).singleElement().asString().startsWith("{\"type\"");
        });
  }

  @Test
  void words_that_only_look_alike_are_no_keys() {
    assertThat(KeyFinder.in("task-force risk-averse-people-everywhere-today ask-me hf_x sk-short"))
        .isEmpty();
    assertThat(KeyFinder.in("{".repeat(50_000))).isEmpty();
  }

  @Test
  void several_kinds_are_told_apart() {
    var text = "gsk_abcdefghijklmnopqrstuvwxyz0123\nxai-abcdefghijklmnopqrstuvwxyz0123";

    assertThat(KeyFinder.in(text))
        .extracting(found -> found.providers().stream().collect(Collectors.joining()))
        .containsExactly("groq", "grok");
  }
}
