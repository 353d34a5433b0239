package io.onebalance.store.history.sums;

import io.onebalance.store.history.log.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What is asked of the sums: from when to when, of which requests, told apart by nothing, one or
/// two things, and how many items at most. Throws [IllegalArgumentException] with a sentence for
/// the asker where no sums tell that.
public record Question(Instant from, Instant to, Filter filter, List<By> by, int most) {
  public Question {
    by = List.copyOf(by);
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("'from' is after 'to'");
    }
    if (by.size() > 2 || by.stream().distinct().count() < by.size()) {
      throw new IllegalArgumentException("'by' takes one or two different words");
    }
    if (by.stream().filter(one -> one.span().isPresent()).count() > 1) {
      throw new IllegalArgumentException("'by' takes only one of day, hour and minute");
    }
    if (ofKeys(filter, by) && !(by.stream().allMatch(By::isOfKeys) && !filter.exceedsKeys())) {
      throw new IllegalArgumentException(
          "sums of keys are kept by provider, day and hour only: not by model, gateway key, status"
              + " or minute");
    }
  }

  private static boolean ofKeys(Filter filter, List<By> by) {
    return by.contains(By.KEY) || !filter.key().isEmpty();
  }

  /// Whether it asks of whom sums are, or only of some of them.
  boolean asksNames() {
    return !filter.equals(Filter.ANY) || by.stream().anyMatch(one -> one.span().isEmpty());
  }

  Table table() {
    return ofKeys(filter, by) ? Table.KEY_USAGE : Table.USAGE;
  }

  Span coarsest() {
    return by.stream().flatMap(one -> one.span().stream()).findFirst().orElse(Span.DAY);
  }

  /// The pieces to read.
  List<Piece> pieces(Instant now) {
    var oldest = now.minus(table().kept(coarsest()));
    if (coarsest() != Span.DAY && from.isBefore(oldest)) {
      throw new IllegalArgumentException(
          "'from' is too early: by %s, sums of the last %d days are kept"
              .formatted(
                  coarsest().name().toLowerCase(Locale.ROOT), table().kept(coarsest()).toDays()));
    }
    return Piece.covering(
        table(), coarsest(), from.getEpochSecond(), ceiling(to), now.getEpochSecond());
  }

  private static long ceiling(Instant time) {
    return time.getNano() == 0 ? time.getEpochSecond() : time.getEpochSecond() + 1;
  }
}
