package io.onebalance.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.upstream.Bytes;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private final Pieces pieces = new Pieces();

  @Test
  void a_single_piece_stays_what_it_is() {
    var piece = Buffer.buffer("alone");
    pieces.add(piece);
    assertThat(pieces.joined()).isSameAs(piece);
  }

  @Test
  void without_any_there_is_nothing() {
    assertThat(pieces.joined().length()).isZero();
  }

  @Test
  void pieces_of_all_sizes_are_joined_in_their_order() {
    var random = new Random(1);
    var all = Buffer.buffer();
    for (var i = 0; i < 500; i++) {
      var bytes = new byte[random.nextInt(random.nextBoolean() ? 8 : 5000)];
      random.nextBytes(bytes);
      all.appendBytes(bytes);
      pieces.add(Buffer.buffer(bytes));
    }
    assertThat(pieces.length()).isEqualTo(all.length());
    assertThat(pieces.joined()).isEqualTo(all);
    assertThat(pieces.length()).isZero();
  }

  @Test
  void what_was_joined_is_read_without_a_copy() {
    pieces.add(Buffer.buffer("x".repeat(5000)));
    pieces.add(Buffer.buffer("y".repeat(5000)));
    var all = pieces.joined();
    assertThat(Bytes.of(all)).isSameAs(Bytes.of(all)).hasSize(10_000);
  }
}
