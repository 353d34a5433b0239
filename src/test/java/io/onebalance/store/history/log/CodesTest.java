package io.onebalance.store.history.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Entry;
import io.onebalance.ledger.Tokens;
import io.onebalance.store.history.sums.Sum;
import org.junit.jupiter.api.Test;

class CodesTest {
  @Test
  void every_word_of_the_ledger_has_a_number() {
    assertThat(Codes.KINDS.words()).containsExactlyInAnyOrder(Entry.Kind.values());
    assertThat(Codes.ROUTES.words()).containsExactlyInAnyOrder(Entry.Route.values());
    assertThat(Codes.HOWS.words()).containsExactlyInAnyOrder(Entry.How.values());
    assertThat(Codes.SOURCES.words()).containsExactlyInAnyOrder(Tokens.Source.values());
  }

  @Test
  void every_sum_stands_at_its_place() {
    for (var i = 0; i < Sum.ALL.size(); i++) {
      assertThat(Sum.ALL.get(i).place()).isEqualTo(i);
    }
  }
}
