package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Tokens;
import io.onebalance.ledger.usage.Meter;
import java.util.List;

/// Answers whose tokens are read. The first line tells how large the pieces are; the rest is the
/// answer.
///
/// Whatever it is, and wherever it is cut, the tokens are the same, none is below zero, and no part
/// is more than the whole of it.
final class Usages implements Target {
  private static final List<String> TYPES =
      List.of("application/json", "text/event-stream", "application/vnd.amazon.eventstream");

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var size = parts.number(1, 4096);
    var answer = parts.rest();
    for (var type : TYPES) {
      var whole = read(type, answer, answer.length + 1);
      assertThat(read(type, answer, size)).isEqualTo(whole);
      assertThat(whole.cached()).isBetween(0L, whole.input());
      assertThat(whole.cacheWritten()).isBetween(0L, whole.input() - whole.cached());
      assertThat(whole.reasoning()).isBetween(0L, whole.output());
    }
    assertThat(Meter.estimate(answer)).isBetween(0L, (long) answer.length);
  }

  private static Tokens read(String type, byte[] answer, int size) {
    var meter = Meter.of(type);
    for (var from = 0; from < answer.length; from += size) {
      meter.feed(answer, from, Math.min(answer.length, from + size));
    }
    return meter.tokens(true, () -> 1);
  }
}
