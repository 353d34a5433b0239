package io.onebalance.relay.exchange.note;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// Sees the last byte of an answer coming whose head tells a length: `atEnd` is run before that
/// byte is written. Another witness may listen beside it. Belongs to one event loop.
public final class LastByte implements Witness {
  private static final int MOST_DIGITS = 18;

  private final @Nullable Witness other;
  private final Runnable atEnd;
  private long left;

  /// A `length` that is no number is never reached.
  public LastByte(String length, @Nullable Witness other, Runnable atEnd) {
    this.other = other;
    this.atEnd = atEnd;
    this.left = number(length);
  }

  private static long number(String length) {
    return !length.isEmpty()
            && length.length() <= MOST_DIGITS
            && length.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Long.parseLong(length)
        : Long.MAX_VALUE;
  }

  @Override
  public void told(Buffer bytes) {
    if (other != null) {
      other.told(bytes);
    }
    left -= bytes.length();
    if (left <= 0) {
      atEnd.run();
    }
  }

  @Override
  public void toldAll() {
    if (other != null) {
      other.toldAll();
    }
  }
}
