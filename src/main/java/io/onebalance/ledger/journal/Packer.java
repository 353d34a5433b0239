package io.onebalance.ledger.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers and texts packed into bytes: numbers in groups of seven bits, texts with their length in
/// front. Not thread-safe; used again and again, so that it rarely allocates.
final class Packer {
  /// Characters of one text; the rest of a longer one is left out.
  static final int MOST_TEXT = 256;

  private static final int LONGEST_NUMBER = 10;
  private static final int LONGEST_CHARACTER = 3;

  /// Words that are kept as they were packed: names of keys, models and verdicts, of which there
  /// are few at a time.
  private static final int WORDS = 256;

  private final @Nullable String[] words = new String[WORDS];
  private final byte[][] packed = new byte[WORDS][];
  private byte[] bytes = new byte[1024];
  private int size;

  void clear() {
    size = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void octet(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /// At best a number from zero up: those below take ten bytes.
  void number(long value) {
    reserve(LONGEST_NUMBER);
    var rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// A number that may well be below zero.
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  /// A text that comes again and again: it is copied as it was packed before.
  void word(String word) {
    var place = word.hashCode() & (WORDS - 1);
    if (word.equals(words[place])) {
      copy(packed[place]);
    } else {
      var start = size;
      text(word);
      words[place] = word;
      packed[place] = Arrays.copyOfRange(bytes, start, size);
    }
  }

  private void copy(byte[] known) {
    reserve(known.length);
    System.arraycopy(known, 0, bytes, size, known.length);
    size += known.length;
  }

  void text(String text) {
    var length = Math.min(text.length(), MOST_TEXT);
    reserve(LONGEST_NUMBER + LONGEST_CHARACTER * length);
    var start = size;
    number(length);
    for (var i = 0; i < length; i++) {
      var c = text.charAt(i);
      if (c >= 0x80) {
        size = start;
        wide(text.substring(0, length));
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  private void wide(String text) {
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    copy(encoded);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
