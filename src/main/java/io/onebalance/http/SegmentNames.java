package io.onebalance.http;

import java.util.Set;

/// A fixed set of names of path segments, asked of a path that nobody cuts into pieces: it is asked
/// for every segment of every request, and nearly all are told apart by first letter and length.
/// Immutable. Names are ASCII, compared as they are written.
public final class SegmentNames {
  private static final int ASCII = 128;

  private final Set<String> names;

  /// By first letter: which lengths there are, a bit each; all of 63 and more share one.
  private final long[] lengths = new long[ASCII];

  private SegmentNames(Set<String> names) {
    this.names = names;
    names.forEach(name -> lengths[name.charAt(0)] |= lengthBit(name.length()));
  }

  public static SegmentNames of(String... names) {
    return new SegmentNames(Set.of(names));
  }

  public boolean contains(String segment) {
    return contains(segment, 0, segment.length());
  }

  /// Whether what stands there in the path, `to` excluded, is one of the names.
  public boolean contains(String path, int from, int to) {
    if (from >= to || path.charAt(from) >= ASCII) {
      return false;
    }
    return (lengths[path.charAt(from)] & lengthBit(to - from)) != 0
        && names.contains(path.substring(from, to));
  }

  private static long lengthBit(int length) {
    return 1L << Math.min(length, Long.SIZE - 1);
  }
}
