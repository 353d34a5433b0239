package io.onebalance.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.upstream.Bytes;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private static final int LARGE = 40_000;

  private final Pieces pieces = new Pieces();

  @Test
  void one_piece_is_all_of_it() {
    var piece = Buffer.buffer("{}");
    pieces.add(piece);
    assertThat(pieces.whole()).isSameAs(piece);
  }

  @Test
  void nothing_is_empty() {
    assertThat(pieces.whole().length()).isZero();
  }

  @Test
  @DisplayName("large and small pieces in any order make the body, in an array of its own length")
  void all_come_in_order() {
    IntStream.of(3, LARGE, 1, 2, LARGE, LARGE, 17_000, 15_000, 15_000, 5).forEach(this::come);
    assertThat(Bytes.of(pieces.whole()))
        .isEqualTo(numbered(pieces.length()))
        .isSameAs(Bytes.of(pieces.whole()));
  }

  @Test
  @DisplayName("F71: bytes that come one by one do not take a buffer each")
  void small_pieces_are_put_together() {
    IntStream.range(0, LARGE).forEach(_ -> come(1));
    assertThat(pieces.count()).isLessThan(5);
    assertThat(Bytes.of(pieces.whole())).isEqualTo(numbered(LARGE));
  }

  @Test
  void what_was_let_go_is_not_kept() {
    come(LARGE);
    come(LARGE);
    pieces.clear();
    assertThat(pieces.count()).isZero();
    assertThat(pieces.length()).isZero();
  }

  private void come(int length) {
    var before = pieces.length();
    var all = numbered(before + length);
    pieces.add(Buffer.buffer(Arrays.copyOfRange(all, before, before + length)));
  }

  private static byte[] numbered(int length) {
    var bytes = new byte[length];
    for (var at = 0; at < length; at++) {
      bytes[at] = (byte) (at % 251);
    }
    return bytes;
  }
}
