package io.onebalance;

import java.util.SplittableRandom;

/// What becomes of each attempt, by seed: the same seed, request and attempt always meet the same.
record FaultDice(long seed, boolean everythingFails) {
  /// What an upstream does to one attempt.
  enum Harm {
    NONE,
    LIMITED,
    BROKEN,
    BUSY,
    CUT,
    RESET,
    GARBAGE,
    HUNG_UP,
    SILENT,
    STALLED,
    ERROR_IN_200,
    MISTAKE
  }

  /// In ten thousandths, in the order of [Harm]; what is left to ten thousand is [Harm#NONE].
  private static final int[] SHARES = {200, 30, 30, 60, 40, 20, 40, 5, 5, 20, 60};

  Harm harm(int request, int attempt) {
    if (everythingFails) {
      return Harm.BROKEN;
    }
    var left = chance(request, attempt).nextInt(10_000);
    for (var i = 0; i < SHARES.length; i++) {
      left -= SHARES[i];
      if (left < 0) {
        return Harm.values()[i + 1];
      }
    }
    return Harm.NONE;
  }

  /// Every key answers a poison request with a 403 that gives no reason (F27).
  boolean poisoned(int request) {
    return !everythingFails && chance(request, -1).nextInt(5_000) == 0;
  }

  /// The client leaves before the end.
  boolean leaves(int request) {
    return chance(request, -2).nextInt(200) == 0;
  }

  boolean streamed(int request) {
    return chance(request, -3).nextBoolean();
  }

  /// After how many bytes something breaks.
  int bytes(int request, int attempt, int most) {
    var chance = chance(request, attempt);
    chance.nextInt();
    return chance.nextInt(most);
  }

  private SplittableRandom chance(int request, int attempt) {
    return new SplittableRandom(seed ^ (request * 0x9E3779B97F4A7C15L) ^ ((long) attempt << 48));
  }
}
