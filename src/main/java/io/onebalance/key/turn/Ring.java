package io.onebalance.key.turn;

import java.util.Arrays;

/// A set of small numbers that is walked round and round, each number once a round. A bit per
/// number, and above each 64 of them a bit that tells whether any is set: finding the next one
/// takes a few steps at any size, and memory is read in order. Not safe for use by several threads.
public final class Ring {
  public static final int NONE = -1;

  private static final int BITS = 6;

  /// The numbers themselves at 0; a bit of each further level stands for a word of the one below.
  private long[][] levels = levels(1);

  private int size;
  private int cursor;

  public int size() {
    return size;
  }

  public boolean has(int number) {
    var word = number >> BITS;
    return word < levels[0].length && (levels[0][word] & bit(number)) != 0;
  }

  public void set(int number, boolean present) {
    if (present) {
      add(number);
    } else {
      drop(number);
    }
  }

  public void add(int number) {
    if (has(number)) {
      return;
    }
    if (number >> BITS >= levels[0].length) {
      grow(number);
    }
    mark(number);
    size++;
  }

  public void drop(int number) {
    if (!has(number)) {
      return;
    }
    size--;
    var at = number;
    for (var level : levels) {
      level[at >> BITS] &= ~bit(at);
      if (level[at >> BITS] != 0) {
        return;
      }
      at >>= BITS;
    }
  }

  /// The number after the one given last, or [#NONE] of an empty ring.
  public int next() {
    if (size == 0) {
      return NONE;
    }
    var next = from(cursor);
    var number = next == NONE ? from(0) : next;
    cursor = number + 1;
    return number;
  }

  /// As [#next()], of the numbers that the other ring has too.
  public int next(Ring other) {
    var next = both(other, cursor);
    var number = next == NONE ? both(other, 0) : next;
    cursor = number == NONE ? cursor : number + 1;
    return number;
  }

  private int both(Ring other, int start) {
    var words = Math.min(levels[0].length, other.levels[0].length);
    for (var word = start >> BITS; word < words; word++) {
      var set = levels[0][word] & other.levels[0][word];
      set &= word == start >> BITS ? -1L << start : -1L;
      if (set != 0) {
        return (word << BITS) + Long.numberOfTrailingZeros(set);
      }
    }
    return NONE;
  }

  public Ring copy() {
    var copy = new Ring();
    copy.levels = Arrays.stream(levels).map(long[]::clone).toArray(long[][]::new);
    copy.size = size;
    copy.cursor = cursor;
    return copy;
  }

  /// The first number from this one on, or [#NONE].
  public int from(int start) {
    var at = start;
    for (var level = 0; level < levels.length; level++) {
      var word = at >> BITS;
      if (word >= levels[level].length) {
        return NONE;
      }
      var set = levels[level][word] & (-1L << at);
      if (set != 0) {
        return lowest(level, (word << BITS) + Long.numberOfTrailingZeros(set));
      }
      at = word + 1;
    }
    return NONE;
  }

  private int lowest(int level, int number) {
    var at = number;
    for (var below = level - 1; below >= 0; below--) {
      at = (at << BITS) + Long.numberOfTrailingZeros(levels[below][at]);
    }
    return at;
  }

  private void mark(int number) {
    var at = number;
    for (var level : levels) {
      level[at >> BITS] |= bit(at);
      at >>= BITS;
    }
  }

  private void grow(int number) {
    var old = levels[0];
    levels = levels(Math.max((number >> BITS) + 1, 2 * old.length));
    for (var word = 0; word < old.length; word++) {
      if (old[word] != 0) {
        mark(word << BITS);
        levels[0][word] = old[word];
      }
    }
  }

  private static long[][] levels(int words) {
    var count = 1;
    for (var width = words; width > 1; width = above(width)) {
      count++;
    }
    var levels = new long[count][];
    var width = words;
    for (var level = 0; level < count; level++) {
      levels[level] = new long[width];
      width = above(width);
    }
    return levels;
  }

  private static int above(int words) {
    return (words + 63) >> BITS;
  }

  private static long bit(int number) {
    return 1L << number;
  }
}
