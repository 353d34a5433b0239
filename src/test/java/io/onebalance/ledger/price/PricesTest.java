package io.onebalance.ledger.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

class PricesTest {
  private static final Prices PRICES = Prices.builtIn();

  /// A million tokens in and a million out, on a short prompt's price: in a hundred pieces.
  private static final Tokens PIECE = new Tokens(10_000, 0, 0, 10_000, 0, Tokens.Source.TOLD);

  @ParameterizedTest
  @CsvSource({
    "google-ai-studio, gemini-2.5-flash, 2.8",
    "google-ai-studio, models/gemini-2.5-flash, 2.8",
    "google-ai-studio, gemini-2.0-flash-001, 0.5",
    "google-ai-studio, gemini-2.0-flash-lite, 0.375",
    "google-ai-studio, gemma-3-27b-it, 0",
    "google-vertex-ai, gemini-2.5-flash, 2.8",
    "google-vertex-ai, publishers/anthropic/models/claude-sonnet-4-5@20250929, 18",
    "openai, gpt-4o-2024-11-20, 12.5",
    "openai, gpt-4o-2024-05-13, 20",
    "openai, gpt-4o-mini, 0.75",
    "openai, o3, 10",
    "azure-openai, gpt-4.1, 10",
    "anthropic, claude-3-5-haiku-latest, 4.8",
    "anthropic, claude-opus-4-20250514, 90",
    "anthropic, claude-opus-4-5-20251101, 30",
    "mistral, mistral-large-2411, 8",
    "aws-bedrock, us.anthropic.claude-3-5-sonnet-20241022-v2:0, 18",
    "aws-bedrock, amazon.nova-lite-v1:0, 0.3",
    "cohere, command-a-03-2025, 12.5",
    "sandbox, anything, 0.5"
  })
  void a_model_costs_what_the_list_says(String provider, String model, String dollars) {
    var expected = new BigDecimal(dollars).movePointRight(7).longValueExact();
    assertThat(PRICES.of(provider, model, PIECE)).contains(new Money(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-9",
    "openai, gpt-4o-something",
    "nobody, gpt-4o",
    "google-ai-studio, gpt-4o"
  })
  void what_is_not_known_is_unknown_and_not_free(String provider, String model) {
    assertThat(PRICES.of(provider, model, PIECE)).isEmpty();
  }

  @Test
  void tokens_that_nobody_knows_have_no_price() {
    assertThat(PRICES.of("openai", "gpt-4o", Tokens.NONE)).isEmpty();
  }

  @Test
  void a_long_prompt_costs_more_from_its_first_token() {
    var most = new Tokens(200_000, 0, 0, 0, 0, Tokens.Source.TOLD);
    var more = new Tokens(200_001, 0, 0, 0, 0, Tokens.Source.TOLD);
    assertThat(PRICES.of("google-ai-studio", "gemini-2.5-pro", most))
        .contains(Money.ofMicros(250_000));
    assertThat(PRICES.of("google-ai-studio", "gemini-2.5-pro", more))
        .contains(new Money(500_002_500));
  }

  @Test
  void every_list_says_where_it_is_from_and_when_it_was_seen() throws Exception {
    var text =
        new String(
            Prices.class.getResourceAsStream("prices.yaml").readAllBytes(), StandardCharsets.UTF_8);
    var lists = text.lines().filter(line -> line.matches("[a-z-]+:")).count();
    assertThat(text.lines().filter(line -> line.startsWith("  source: "))).hasSize((int) lists);
    assertThat(text.lines().filter(line -> line.matches("  seen: 202\\d-\\d\\d-\\d\\d")))
        .hasSize((int) lists);
  }

  @Test
  void settings_change_one_model_and_leave_the_others() {
    var own =
        PRICES.with(
            Map.of(
                "openai",
                Map.of("models", Map.of("gpt-4o", Map.of("input", 1, "output", "0.5"))),
                "mine",
                Map.of("like", List.of("openai")),
                "google-ai-studio",
                "free"));
    assertThat(own.of("openai", "gpt-4o", PIECE)).contains(Money.ofMicros(15_000));
    assertThat(own.of("openai", "gpt-4o-mini", PIECE)).contains(Money.ofMicros(7_500));
    assertThat(own.of("mine", "gpt-4o", PIECE)).contains(Money.ofMicros(15_000));
    assertThat(own.of("google-ai-studio", "gemini-99", PIECE)).contains(Money.ZERO);
    assertThat(PRICES.of("openai", "gpt-4o", PIECE)).contains(Money.ofMicros(125_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prices.x is 7; allowed: free, or a map of like, models, seen, source | 7",
        "prices.x.models.m.input is missing; allowed: dollars for a million tokens | {m: {}}",
        "prices.x.models.m.output is -1; allowed: dollars for a million tokens, from 0 to 1000000,"
            + " with up to 6 decimals | {m: {input: 1, output: -1}}",
        "prices.x.models.m.input is 0.0000001; allowed: dollars for a million tokens, from 0 to"
            + " 1000000, with up to 6 decimals | {m: {input: 0.0000001}}",
        "prices.x.models.m.inputs is unknown; allowed: above, cache-written, cached, input, output"
            + " | {m: {inputs: 1}}",
        "prices.x.models.m.above.tokens is 0; allowed: a whole number from 1 to 1000000000 |"
            + " {m: {input: 1, above: {tokens: 0, input: 2}}}"
      })
  void a_wrong_price_is_named_with_what_is_allowed(String message, String yaml) {
    assertThatThrownBy(() -> PRICES.with(Map.of("x", entry(yaml)))).hasMessage(message);
  }

  /// Numbers as texts, as the settings tell them.
  private static Object entry(String yaml) {
    var plain = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    var read = new Load(plain).loadFromString(yaml);
    return read instanceof Map ? Map.of("models", read) : read;
  }
}
