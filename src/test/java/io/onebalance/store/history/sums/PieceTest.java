package io.onebalance.store.history.sums;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:34:56Z");

  @ParameterizedTest(name = "{0} to {1} by {2}")
  @CsvSource({
    "2026-11-21T12:00:00Z, 2026-11-21T12:30:00Z, DAY, MINUTE 11-21T12:00..11-21T12:30",
    "2026-11-21T10:01:30Z, 2026-11-21T12:00:00Z, DAY, MINUTE 11-21T10:01..11-21T11:00 + HOUR"
        + " 11-21T11:00..11-21T12:00",
    "2026-11-19T23:59:00Z, 2026-11-21T00:00:00Z, DAY, MINUTE 11-19T23:59..11-20T00:00 + DAY"
        + " 11-20T00:00..11-21T00:00",
    "2026-11-01T00:00:00Z, 2026-11-21T13:00:00Z, DAY, DAY 11-01T00:00..11-22T00:00",
    "2026-11-21T00:00:00Z, 2026-11-21T13:00:00Z, HOUR, HOUR 11-21T00:00..11-21T13:00",
    "2026-11-10T10:10:00Z, 2026-11-10T12:50:00Z, DAY, HOUR 11-10T10:00..11-10T13:00",
    "2026-05-10T10:10:00Z, 2026-05-10T12:50:00Z, DAY, DAY 05-10T00:00..05-11T00:00",
    "2026-11-21T12:00:00Z, 2026-11-21T12:00:00Z, DAY, ''",
  })
  void few_pieces_cover_any_stretch(Instant from, Instant to, Span coarsest, String pieces) {
    var covering =
        Piece.covering(
            Table.USAGE,
            coarsest,
            from.getEpochSecond(),
            to.getEpochSecond(),
            NOW.getEpochSecond());
    assertThat(covering.stream().map(PieceTest::written).collect(Collectors.joining(" + ")))
        .isEqualTo(pieces);
  }

  @Test
  void pieces_follow_each_other_without_gap_or_overlap() {
    var end = NOW.getEpochSecond();
    for (var length = 1L; length < 100L * 86_400; length = length * 3 / 2 + 61) {
      var covering = Piece.covering(Table.USAGE, Span.DAY, end - length, end, end);
      for (var i = 1; i < covering.size(); i++) {
        assertThat(covering.get(i).from()).isEqualTo(covering.get(i - 1).to());
      }
      assertThat(covering.getFirst().from()).isLessThanOrEqualTo(end - length);
      assertThat(covering.getLast().to()).isGreaterThanOrEqualTo(end);
      assertThat(covering).hasSizeLessThanOrEqualTo(5);
    }
  }

  private static String written(Piece piece) {
    return piece.span() + " " + time(piece.from()) + ".." + time(piece.to());
  }

  private static String time(long second) {
    return Instant.ofEpochSecond(second).toString().substring(5, 16);
  }
}
