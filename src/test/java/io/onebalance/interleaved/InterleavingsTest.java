package io.onebalance.interleaved;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What threads share behaves as if they came one after the other, in the orders that Lincheck
/// tries: few here, many in `./dev bench orders`.
class InterleavingsTest {
  @Test
  @DisplayName(
      "P23: the pool, the line, budgets, places and the road keep their word in the orders tried")
  void what_threads_share_keeps_its_word_in_the_orders_tried()
      throws IOException, InterruptedException {
    var process = Orders.process(List.of("-XX:TieredStopAtLevel=1"), List.of()).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains(Interleavings.DONE, Interleavings.FOUND);
  }
}
