package io.onebalance.store.history.log;

import io.onebalance.ledger.Entry;
import java.util.List;

/// How requests ended, in one word: the class of the status that the client heard, `cut` where the
/// answer broke off, `left` where the client went before its end.
public final class Outcome {
  public static final String CUT = "cut";
  public static final String LEFT = "left";

  /// Of what was only summed up, while the journal was full.
  public static final String UNTOLD = "untold";

  /// Every word there is.
  public static final List<String> ALL =
      List.of("1xx", "2xx", "3xx", "4xx", "5xx", CUT, LEFT, UNTOLD);

  /// Those that count as errors.
  public static final List<String> ERRORS = List.of("4xx", "5xx", CUT);

  private Outcome() {}

  public static String of(Entry.Ending ending) {
    if (ending.how() == Entry.How.CUT) {
      return CUT;
    }
    var failed = ending.status() >= 400;
    if (ending.status() < 100 || (ending.how() == Entry.How.LEFT && !failed)) {
      return LEFT;
    }
    return ALL.get(Math.min(ending.status() / 100, 5) - 1);
  }
}
