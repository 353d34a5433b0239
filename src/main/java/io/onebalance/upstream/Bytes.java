package io.onebalance.upstream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;

/// The bytes of buffers, to be read and never to be changed.
public final class Bytes {
  private Bytes() {}

  /// The buffer's own array where it holds just these bytes, which is how all bodies come: a copy
  /// of a megabyte takes longer than most of what is done with it.
  public static byte[] of(Buffer buffer) {
    var slice = ((BufferInternal) buffer).getByteBuf();
    return slice.hasArray()
            && slice.arrayOffset() == 0
            && slice.array().length == slice.readableBytes()
        ? slice.array()
        : buffer.getBytes();
  }

  /// The bytes from one place to before another, a character each. Copies these alone, and once.
  public static String text(Buffer buffer, int from, int to) {
    var slice = ((BufferInternal) buffer).getByteBuf();
    return slice.toString(from, to - from, StandardCharsets.ISO_8859_1);
  }
}
