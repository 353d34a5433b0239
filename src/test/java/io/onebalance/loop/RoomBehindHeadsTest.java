package io.onebalance.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomBehindHeadsTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-length: ";

  private final EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseEncoder());

  RoomBehindHeadsTest() {
    RoomBehindHeads.on(channel);
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void answer(String body) {
    var answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Unpooled.wrappedBuffer(body.getBytes(US_ASCII)));
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length());
    channel.writeOutbound(answer);
  }

  private List<ByteBuf> written() {
    var pieces = new ArrayList<ByteBuf>();
    for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
      pieces.add(piece);
    }
    return pieces;
  }

  private static String text(List<ByteBuf> pieces) {
    var all = Unpooled.wrappedBuffer(pieces.toArray(ByteBuf[]::new));
    try {
      return all.toString(US_ASCII);
    } finally {
      all.release();
    }
  }

  @Test
  void a_small_body_leaves_in_the_buffer_of_its_head() {
    for (var many = 0; many < 100; many++) {
      answer("b".repeat(1_024));
      var pieces = written();
      assertThat(pieces).hasSize(1);
      assertThat(text(pieces)).isEqualTo(HEAD + "1024\r\n\r\n" + "b".repeat(1_024));
    }
  }

  @Test
  void a_large_one_is_not_copied() {
    answer("b".repeat(4_096));
    var pieces = written();
    assertThat(pieces).hasSize(2);
    assertThat(text(pieces)).isEqualTo(HEAD + "4096\r\n\r\n" + "b".repeat(4_096));
  }

  @Test
  void what_stands_before_a_chunk_takes_no_such_room() {
    var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpUtil.setTransferEncodingChunked(head, true);
    channel.writeOutbound(head);
    assertThat(text(written())).endsWith("transfer-encoding: chunked\r\n\r\n");
    channel.writeOutbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[100])));
    var pieces = written();
    assertThat(pieces.getFirst().toString(US_ASCII)).isEqualTo("64\r\n");
    assertThat(pieces.getFirst().capacity()).isLessThan(32);
    assertThat(text(pieces)).hasSize(106);
  }

  @Test
  void what_is_smaller_or_larger_or_comes_in_is_as_large_as_was_asked() {
    for (var asked : List.of(9, 2_048, 70_000)) {
      var buffer = channel.alloc().buffer(asked);
      assertThat(buffer.capacity()).isEqualTo(asked);
      buffer.release();
    }
    var incoming = channel.alloc().ioBuffer(1_000);
    assertThat(incoming.capacity()).isEqualTo(1_000);
    incoming.release();
  }
}
