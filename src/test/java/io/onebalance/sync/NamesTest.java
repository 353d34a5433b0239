package io.onebalance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.Catalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private final Names names =
      new Names(Map.of("openai", "azure-openai", "acme", "openai"), Catalogue.builtIn());

  @Test
  void what_was_said_goes_before_the_catalogue_at_a_source() {
    assertThat(names.of("openai")).isEqualTo("azure-openai");
    assertThat(names.of("acme")).isEqualTo("openai");
    assertThat(names.of("gemini")).isEqualTo("google-ai-studio");
    assertThat(names.of("unknown")).isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource({"openai, openai", "acme, openai", "gemini, google-ai-studio", "unknown, unknown"})
  void at_a_target_the_catalogue_goes_first(String there, String here) {
    assertThat(names.there(there)).isEqualTo(here);
  }
}
