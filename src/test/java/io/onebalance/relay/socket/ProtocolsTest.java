package io.onebalance.relay.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "realtime, b | b | b",
        "realtime, b | | realtime",
        "realtime, b | never-offered | realtime",
        "openai-insecure-api-key.k, realtime | | realtime",
        "openai-insecure-api-key.k | openai-insecure-api-key.k | ''",
        "token, k | k | token",
        "cf-aig-authorization.t, realtime | cf-aig-authorization.t | realtime",
        "'' | realtime | ''"
      })
  @DisplayName("S12 the answer names what was offered, and never a key")
  void what_is_answered(String offered, String byProvider, String chosen) {
    assertThat(Protocols.chosen(List.of(offered), byProvider).orElse("")).isEqualTo(chosen);
    assertThat(Protocols.chosen(List.of(offered.split(", ", -1)), byProvider).orElse(""))
        .as("in several fields")
        .isEqualTo(chosen);
  }
}
