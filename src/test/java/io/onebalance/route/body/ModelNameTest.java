package io.onebalance.route.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {
  @ParameterizedTest
  @DisplayName("D17 a name is split at its first slash only")
  @CsvSource({
    "google-ai-studio/gemini-2.5-pro, google-ai-studio, gemini-2.5-pro",
    "openrouter/meta-llama/llama-3, openrouter, meta-llama/llama-3",
    "workers-ai/@cf/meta/llama, workers-ai, @cf/meta/llama",
    "google-ai-studio/models/gemini-2.5-pro, google-ai-studio, gemini-2.5-pro",
    "fireworks/accounts/fireworks/models/x, fireworks, accounts/fireworks/models/x",
    "models/gemini-2.5-pro, '', gemini-2.5-pro",
    "gpt-4o, '', gpt-4o",
    "/gpt-4o, '', /gpt-4o",
    "openai/, openai, ''",
  })
  void provider_and_model(String written, String provider, String model) {
    assertThat(ModelName.split(written)).isEqualTo(new ModelName(provider, model));
  }
}
