package io.onebalance.http;

import org.jspecify.annotations.Nullable;

/// What may still come of a request that was answered before its body was read. A little of it is
/// read and dropped, so that a client which writes before it reads gets to hear the answer (S18);
/// where it is told to be no more than that, the connection serves the next request as well.
/// Whoever is refused and has to connect anew costs more than it did before (P9).
public final class Remainder {
  /// So much is read, in bytes.
  public static final int MOST = 64 << 10;

  private static final int DIGITS = 5;

  private Remainder() {}

  /// Whether this HTTP/1.1 request tells that little follows. Chunks tell nothing; and where a
  /// client was not told to go on (100), the next byte may be the body's or the next request's.
  public static boolean isShort(Fields request) {
    return request.first("transfer-encoding") == null
        && request.first("expect") == null
        && isShort(request.first("content-length"));
  }

  /// A request without a length has no body (RFC 9112, 6.3).
  private static boolean isShort(@Nullable String length) {
    return length == null
        || (!length.isEmpty()
            && length.length() <= DIGITS
            && length.chars().allMatch(digit -> digit >= '0' && digit <= '9')
            && Integer.parseInt(length) <= MOST);
  }
}
