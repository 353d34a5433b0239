package io.onebalance.ledger.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.ledger.Money;
import io.onebalance.ledger.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTest {
  /// $0.10, $0.025, $0.125 and $0.40 for a million tokens.
  private static final Price FLASH = new Price(100_000, 25_000, 125_000, 400_000);

  @Test
  void each_kind_of_token_has_its_own_price() {
    var tokens = new Tokens(1000, 600, 100, 50, 20, Tokens.Source.TOLD);
    // 300 fresh, 600 cached, 100 written, 50 out: 30 + 15 + 12.5 + 20 micro-dollars
    assertThat(FLASH.of(tokens)).isEqualTo(new Money(77_500));
  }

  @Test
  void nano_dollars_are_rounded_once_and_half_up() {
    var cheap = new Price(300, 0, 0, 200);
    assertThat(cheap.of(new Tokens(1, 0, 0, 1, 0, Tokens.Source.TOLD))).isEqualTo(new Money(1));
    assertThat(cheap.of(new Tokens(1, 0, 0, 0, 0, Tokens.Source.TOLD))).isEqualTo(Money.ZERO);
  }

  @Test
  void a_provider_that_tells_more_cached_tokens_than_input_pays_nothing_back() {
    var odd = new Tokens(10, 20, 0, 0, 0, Tokens.Source.TOLD);
    assertThat(FLASH.of(odd)).isEqualTo(new Money(500));
  }

  @Test
  void numbers_beyond_reason_cost_very_much_and_never_less_than_nothing() {
    var most = 1L << 40;
    var dear = new Price(1_000_000_000_000L, 0, 0, 75_000_000);
    for (var tokens :
        List.of(
            new Tokens(0, 0, 0, most, 0, Tokens.Source.TOLD),
            new Tokens(most, 0, 0, 0, 0, Tokens.Source.TOLD),
            new Tokens(most, 0, 0, most, 0, Tokens.Source.TOLD))) {
      assertThat(dear.of(tokens)).isEqualTo(new Money(Long.MAX_VALUE / 1_000 + 1));
    }
  }

  @Test
  void micro_dollars_are_rounded_half_up() {
    assertThat(new Money(1_499).micros()).isEqualTo(1);
    assertThat(new Money(1_500).micros()).isEqualTo(2);
    assertThat(Money.ofMicros(7)).isEqualTo(new Money(7_000));
  }

  @Test
  void there_is_no_price_below_zero() {
    assertThatThrownBy(() -> new Price(-1, 0, 0, 0)).hasMessage("a price below zero");
  }
}
