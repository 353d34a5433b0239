package io.onebalance.provider.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the headers of a frame: the length of a name in a byte, the name, a type in a byte, a
/// value. Confined to one thread.
final class HeaderReader {
  private static final int BYTES = 6;
  private static final int TEXT = 7;

  /// How long the values of each type are: true, false, a byte, numbers of 2, 4 and 8 bytes, bytes
  /// and text (whose length stands before them), a time, a UUID.
  private static final int[] LENGTHS = {0, 0, 1, 2, 4, 8, 0, 0, 8, 16};

  private final byte[] bytes;
  private final int to;
  private int at;

  HeaderReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  /// The headers with a text, of two of one name the last; nothing where they are broken.
  Optional<Map<String, String>> read() {
    var found = new HashMap<String, String>();
    while (at < to) {
      var name = text(1);
      var type = has(1) ? number(1) : -1;
      var length = lengthOfValue(type);
      if (name.isEmpty() || length < 0 || !has(length)) {
        return Optional.empty();
      }
      if (type == TEXT) {
        found.put(name.get(), new String(bytes, at, length, UTF_8));
      }
      at += length;
    }
    return Optional.of(found);
  }

  /// A big-endian number of this many bytes, which must be there.
  int number(int length) {
    var number = 0;
    for (var end = at + length; at < end; at++) {
      number = number << Byte.SIZE | (bytes[at] & 0xFF);
    }
    return number;
  }

  /// A text whose length stands before it in this many bytes.
  private Optional<String> text(int width) {
    var length = has(width) ? number(width) : -1;
    if (length < 0 || !has(length)) {
      return Optional.empty();
    }
    at += length;
    return Optional.of(new String(bytes, at - length, length, UTF_8));
  }

  private int lengthOfValue(int type) {
    if (type == BYTES || type == TEXT) {
      return has(2) ? number(2) : -1;
    }
    return type >= 0 && type < LENGTHS.length ? LENGTHS[type] : -1;
  }

  private boolean has(int length) {
    return to - at >= length;
  }
}
