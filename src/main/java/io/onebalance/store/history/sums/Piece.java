package io.onebalance.store.history.sums;

import java.util.ArrayList;
import java.util.List;

/// A stretch of time, in seconds, whose sums are read from the roll-ups of one span.
record Piece(Span span, long from, long to) {
  /// The fewest pieces that cover a stretch: coarse ones in the middle, finer ones at its ends.
  /// Where the finer ones are no longer kept, the stretch grows to the next coarse border.
  static List<Piece> covering(Table table, Span coarsest, long from, long to, long now) {
    var start = edge(table, coarsest, from, now).floor(from);
    var end = to >= now ? coarsest.ceiling(to) : edge(table, coarsest, to, now).ceiling(to);
    var pieces = new ArrayList<Piece>();
    cover(start, end, coarsest, pieces);
    return pieces;
  }

  private static Span edge(Table table, Span coarsest, long second, long now) {
    var finest = table.finest(second, now);
    return finest.compareTo(coarsest) < 0 ? coarsest : finest;
  }

  private static void cover(long from, long to, Span span, List<Piece> pieces) {
    var whole = span.ceiling(from);
    var end = span.floor(to);
    if (whole >= end && span != Span.MINUTE) {
      cover(from, to, finer(span), pieces);
    } else if (whole < end) {
      rest(from, whole, span, pieces);
      pieces.add(new Piece(span, whole, end));
      rest(end, to, span, pieces);
    }
  }

  private static void rest(long from, long to, Span span, List<Piece> pieces) {
    if (from < to) {
      cover(from, to, finer(span), pieces);
    }
  }

  private static Span finer(Span span) {
    return span == Span.DAY ? Span.HOUR : Span.MINUTE;
  }
}
