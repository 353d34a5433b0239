package io.onebalance.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void a_percentile_is_what_so_many_did_not_exceed() {
    var hundred = new Pace(List.of(), IntStream.rangeClosed(1, 100).boxed().toList().reversed());

    assertThat(Pace.percentile(hundred.totals(), 50)).isEqualTo(50);
    assertThat(Pace.percentile(hundred.totals(), 99)).isEqualTo(99);
    assertThat(Pace.percentile(List.of(7), 99)).isEqualTo(7);
    assertThat(Pace.percentile(hundred.firstBytes(), 50)).isZero();
  }
}
