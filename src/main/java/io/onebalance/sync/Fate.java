package io.onebalance.sync;

import java.util.List;

/// What became of a key at the place it was brought to, or would become in a dry run.
public sealed interface Fate {
  /// It is new there.
  record Added() implements Fate {}

  /// It was there, and learnt this.
  record Changed(List<String> fields) implements Fate {
    public Changed {
      fields = List.copyOf(fields);
    }
  }

  /// It was there, and all of it known.
  record Same() implements Fate {}

  /// The place has no room for it, and nothing is wrong with that.
  record Skipped(String why) implements Fate {}

  /// The block of a key could not be told there, and it would come into use.
  Fate OUT_OF_USE = new Skipped("blocked keys are not brought where they would be used");

  /// It did not get there.
  record Failed(String why) implements Fate {}
}
