package io.onebalance.sync;

import java.io.IOException;
import java.util.List;

/// Where keys are: read from there, or brought there. What goes wrong for a while is an
/// [IOException] and tried again; what will not go better is a [Refusal].
public interface Place {
  /// What people call it; holds no secret.
  String name();

  /// All its keys, with what could not be read of it.
  Reading read() throws IOException;

  /// Brings keys there and says what became of each, in their order; or, where it is `dry`, only
  /// what would.
  List<Fate> bring(List<Carried> keys, boolean dry) throws IOException;

  /// How many it is brought at a time.
  default int atOnce() {
    return 500;
  }

  /// What was read, and what is wrong with the rest: a line for each flaw, without any key.
  record Reading(List<Carried> keys, List<String> flaws) {
    public Reading {
      keys = List.copyOf(keys);
      flaws = List.copyOf(flaws);
    }
  }
}
