package io.onebalance.ledger.journal;

import java.nio.charset.StandardCharsets;

/// Reads what a [Packer] packed, and trusts nothing of it.
final class Unpacker {
  private static final int MOST_BYTES = 3 * Packer.MOST_TEXT;

  private final byte[] bytes;
  private final Words words;
  private int at;

  Unpacker(byte[] bytes, Words words) {
    this.bytes = bytes;
    this.words = words;
  }

  /// These bytes are none of ours.
  static final class Foreign extends Exception {
    private static final long serialVersionUID = 1;

    Foreign(String why) {
      super(why);
    }
  }

  int octet() throws Foreign {
    if (at >= bytes.length) {
      throw new Foreign("ends too early");
    }
    return bytes[at++] & 0xFF;
  }

  long number() throws Foreign {
    var value = 0L;
    for (var shift = 0; shift < Long.SIZE; shift += 7) {
      var octet = octet();
      value |= (octet & 0x7FL) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new Foreign("an endless number");
  }

  long signed() throws Foreign {
    var value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /// A number from zero to `most`.
  int upTo(int most) throws Foreign {
    var value = number();
    if (value < 0 || value > most) {
      throw new Foreign(value + "; allowed: 0 to " + most);
    }
    return (int) value;
  }

  <E extends Enum<E>> E oneOf(E[] all) throws Foreign {
    return all[upTo(all.length - 1)];
  }

  String text() throws Foreign {
    var length = length();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  /// A text that comes again and again.
  String word() throws Foreign {
    var length = length();
    at += length;
    return words.at(bytes, at - length, at);
  }

  private int length() throws Foreign {
    var length = upTo(MOST_BYTES);
    if (length > bytes.length - at) {
      throw new Foreign("ends within a text");
    }
    return length;
  }

  void end() throws Foreign {
    if (at != bytes.length) {
      throw new Foreign(bytes.length - at + " bytes too many");
    }
  }
}
