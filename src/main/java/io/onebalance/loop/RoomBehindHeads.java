package io.onebalance.loop;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gives the heads of messages buffers with room for a small body. Netty's encoder of HTTP/1.1 puts
/// a whole body behind its head where it fits, and that is one buffer, one promise and one piece
/// for the kernel in place of two of each.
///
/// For connections over HTTP/1.1. Whoever else asks for as much as a head has as much room.
/// Thread-safe as what it stands for is.
public final class RoomBehindHeads extends AbstractByteBufAllocator {
  /// In bytes; most questions and whole answers are smaller.
  private static final int ROOM = 2 << 10;

  /// The encoder asks for what heads usually take, and at first for 256 bytes; for the length of a
  /// chunk it asks for a dozen, and that is to stay as small as it is.
  private static final int LEAST_OF_A_HEAD = 32;

  /// One for each that connections usually have; there are two, with TLS and without.
  private static final Map<ByteBufAllocator, RoomBehindHeads> MADE = new ConcurrentHashMap<>();

  private final ByteBufAllocator usual;

  private RoomBehindHeads(ByteBufAllocator usual) {
    super(true);
    this.usual = usual;
  }

  /// What is written on this connection from now on.
  public static void on(Channel channel) {
    var config = channel.config();
    config.setAllocator(MADE.computeIfAbsent(config.getAllocator(), RoomBehindHeads::new));
  }

  @Override
  public ByteBuf buffer(int initialCapacity) {
    var isOfAHead = initialCapacity >= LEAST_OF_A_HEAD && initialCapacity < ROOM;
    return usual.buffer(isOfAHead ? ROOM : initialCapacity);
  }

  @Override
  public ByteBuf buffer(int initialCapacity, int maxCapacity) {
    return usual.buffer(initialCapacity, maxCapacity);
  }

  @Override
  public ByteBuf ioBuffer(int initialCapacity) {
    return usual.ioBuffer(initialCapacity);
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return usual.heapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return usual.directBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return usual.isDirectBufferPooled();
  }
}
