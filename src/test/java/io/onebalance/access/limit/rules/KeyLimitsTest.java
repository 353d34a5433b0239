package io.onebalance.access.limit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLimitsTest {
  private static final KeyLimits SOME =
      new KeyLimits(
          Map.of(
              Limit.REQUESTS_PER_MINUTE, 60L,
              Limit.CONCURRENT, KeyLimits.ANY,
              Limit.MONEY_PER_DAY, 2_500_000L));

  @Test
  void what_is_not_said_is_left_to_the_default_and_none_beats_it() {
    var byDefault =
        new KeyLimits(
            Map.of(Limit.CONCURRENT, 8L, Limit.TOKENS_PER_DAY, 5L, Limit.MONEY_PER_DAY, 1L));
    var all = SOME.over(byDefault);
    assertThat(all.of(Limit.REQUESTS_PER_MINUTE)).isEqualTo(60);
    assertThat(all.of(Limit.CONCURRENT)).isEqualTo(KeyLimits.ANY);
    assertThat(all.of(Limit.TOKENS_PER_DAY)).isEqualTo(5);
    assertThat(all.of(Limit.MONEY_PER_DAY)).isEqualTo(2_500_000);
    assertThat(all.of(Limit.TOKENS_PER_MONTH)).isEqualTo(KeyLimits.ANY);
    assertThat(KeyLimits.NONE.over(byDefault)).isEqualTo(byDefault);
    assertThat(SOME.over(KeyLimits.NONE)).isEqualTo(SOME);
  }

  @Test
  void the_text_reads_back_as_the_same() {
    assertThat(SOME.text())
        .isEqualTo("requests_per_minute=60 concurrent=none cost_micros_per_day=2500000");
    assertThat(KeyLimits.parse(SOME.text())).isEqualTo(SOME);
    assertThat(KeyLimits.parse("")).isEqualTo(KeyLimits.NONE);
    assertThat(KeyLimits.parse("of_another_version=3 " + SOME.text())).isEqualTo(SOME);
  }

  @ParameterizedTest
  @CsvSource({
    "REQUESTS_PER_MINUTE, 0",
    "REQUESTS_PER_MINUTE, 1000001",
    "CONCURRENT, -1",
    "MONEY_PER_DAY, -1",
    "TOKENS_PER_MONTH, 10000000001"
  })
  void a_number_out_of_range_is_named(Limit limit, long number) {
    assertThatThrownBy(() -> new KeyLimits(Map.of(limit, number)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(limit.field())
        .hasMessageContaining(" to " + limit.most());
  }

  @ParameterizedTest
  @CsvSource({"5, 5000000, $5.00", "0.5, 500000, $0.50", "1.000001, 1000001, $1.000001"})
  void dollars_are_whole_millionths(String written, long micros, String told) {
    assertThat(Usd.micros(written)).hasValue(micros);
    assertThat(Usd.text(micros)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({"-1", "1e3", "''", "$5", "0.0000001", "1.", "12345678901"})
  void what_is_no_amount_is_refused(String written) {
    assertThat(Usd.micros(written)).isEmpty();
  }
}
