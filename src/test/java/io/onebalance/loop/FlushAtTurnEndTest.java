package io.onebalance.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushAtTurnEndTest {
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
  private final Flushes flushes = new Flushes();
  private final Channel channel = open();

  /// Counts what reaches the socket's side.
  private static final class Flushes extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void flush(ChannelHandlerContext context) {
      count++;
      context.flush();
    }
  }

  private Channel open() {
    var address = new LocalAddress(FlushAtTurnEndTest.class);
    var server =
        new ServerBootstrap()
            .group(loop)
            .channel(LocalServerChannel.class)
            .childHandler(new ChannelInboundHandlerAdapter())
            .bind(address)
            .syncUninterruptibly()
            .channel();
    return new Bootstrap()
        .group(loop)
        .channel(LocalChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel made) {
                made.pipeline().addLast(flushes, new FlushAtTurnEnd());
              }
            })
        .connect(server.localAddress())
        .syncUninterruptibly()
        .channel();
  }

  @AfterEach
  void close() {
    loop.shutdownGracefully();
  }

  /// Runs within one turn of the loop, and waits for the next.
  private void turn(Runnable work) {
    loop.submit(work).syncUninterruptibly();
    loop.submit(() -> {}).syncUninterruptibly();
  }

  private ChannelFuture write(int bytes) {
    return channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  @Test
  void what_was_written_in_a_turn_is_sent_once_when_it_ends() {
    turn(() -> {
      write(1);
      write(2);
      assertThat(flushes.count).isZero();
    });
    assertThat(flushes.count).isEqualTo(1);
    turn(() -> write(3));
    assertThat(flushes.count).isEqualTo(2);
  }

  @Test
  void a_turn_in_which_nothing_was_written_sends_nothing() {
    turn(() -> {});
    assertThat(flushes.count).isZero();
  }

  @Test
  void a_connection_that_is_full_is_sent_at_once() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1000, 2000));
    turn(() -> {
      write(1200);
      assertThat(flushes.count).isZero();
      var second = write(1200);
      assertThat(flushes.count).isEqualTo(1);
      assertThat(second.isDone()).isTrue();
    });
    assertThat(flushes.count).as("nothing is left for the end of the turn").isEqualTo(1);
  }

  @Test
  void what_was_written_goes_before_the_end() {
    turn(() -> {
      var written = write(1);
      channel.close();
      assertThat(flushes.count).isEqualTo(1);
      assertThat(written.isSuccess()).isTrue();
    });
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void what_is_written_while_a_turn_ends_is_sent_by_the_next() {
    turn(() -> write(1).addListener(_ -> write(2)));
    loop.submit(() -> {}).syncUninterruptibly();
    assertThat(flushes.count).isEqualTo(2);
  }
}
