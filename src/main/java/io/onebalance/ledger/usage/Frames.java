package io.onebalance.ledger.usage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;

/// Takes the documents out of the frames of an AWS event stream, cut anywhere: four bytes of
/// length, four of the headers' length, a checksum, the headers, the payload, a checksum. A payload
/// may be wrapped once more, as base64 in a member `bytes`. Confined to one thread.
final class Frames {
  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;

  /// Of a payload so much is kept; a longer one has no usage.
  private static final int MOST = 8 << 10;

  private static final byte[] WRAPPED = "{\"bytes\":\"".getBytes(US_ASCII);

  private final Scan scan;
  private final byte[] prelude = new byte[PRELUDE];
  private byte[] payload = new byte[512];
  private int payloadLength;
  private long at;
  private long payloadFrom;
  private long end;
  private boolean broken;

  Frames(Scan scan) {
    this.scan = scan;
  }

  void feed(byte[] bytes, int from, int to) {
    for (var i = from; i < to && !broken; ) {
      i = at < PRELUDE ? begin(bytes, i) : go(bytes, i, to);
    }
  }

  private int begin(byte[] bytes, int i) {
    prelude[(int) at++] = bytes[i];
    if (at == PRELUDE) {
      end = number(0);
      payloadFrom = PRELUDE + number(4);
      payloadLength = 0;
      broken = payloadFrom + CHECKSUM > end;
    }
    return i + 1;
  }

  private int go(byte[] bytes, int i, int to) {
    var payloadEnd = end - CHECKSUM;
    var next = at < payloadFrom ? payloadFrom : at < payloadEnd ? payloadEnd : end;
    var many = (int) Math.min(next - at, to - i);
    if (at >= payloadFrom && at < payloadEnd) {
      keep(bytes, i, many);
    }
    at += many;
    if (at == end) {
      finish();
      at = 0;
    }
    return i + many;
  }

  private void keep(byte[] bytes, int from, int many) {
    var all = payloadLength + many;
    if (all <= MOST) {
      if (all > payload.length) {
        payload = Arrays.copyOf(payload, Math.max(all, 2 * payload.length));
      }
      System.arraycopy(bytes, from, payload, payloadLength, many);
    }
    payloadLength = Math.min(all, MOST + 1);
  }

  private void finish() {
    if (payloadLength > MOST) {
      return;
    }
    if (!isWrapped()) {
      scan.feed(payload, 0, payloadLength);
      return;
    }
    var from = WRAPPED.length;
    var to = from;
    while (to < payloadLength && payload[to] != '"') {
      to++;
    }
    try {
      var document = Base64.getDecoder().decode(Arrays.copyOfRange(payload, from, to));
      scan.feed(document, 0, document.length);
    } catch (IllegalArgumentException foreign) {
      broken = true; // no base64: then nothing of this stream is understood
    }
  }

  private boolean isWrapped() {
    return payloadLength > WRAPPED.length
        && Arrays.equals(payload, 0, WRAPPED.length, WRAPPED, 0, WRAPPED.length);
  }

  private long number(int from) {
    var number = 0L;
    for (var i = from; i < from + Integer.BYTES; i++) {
      number = number << Byte.SIZE | (prelude[i] & 0xFF);
    }
    return number;
  }
}
