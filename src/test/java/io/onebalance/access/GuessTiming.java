package io.onebalance.access;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How long the refusal of a wrong gateway key takes, by how near the guess is (`./dev bench
/// guesses`, S27): the distributions have to lie over each other.
final class GuessTiming {
  private static final int ROUNDS = 200_000;
  private static final String KEY = "sk-one-balance-0123456789abcdefghijklmnopqrstuv";

  private GuessTiming() {}

  static void main(String[] arguments) throws MalformedAuthKey {
    var grants = Grants.parse(KEY);
    var guesses =
        List.of(
            "x".repeat(KEY.length()),
            KEY.substring(0, KEY.length() / 2) + "x".repeat(KEY.length() - KEY.length() / 2),
            KEY.substring(0, KEY.length() - 1) + "x");
    var nanos = new long[guesses.size()][ROUNDS];
    for (var warm = 0; warm < 2; warm++) {
      for (var round = 0; round < ROUNDS; round++) {
        for (var i = 0; i < nanos.length; i++) {
          nanos[i][round] = refusal(grants, guesses.get(i));
        }
      }
    }
    System.out.println("| The guess has right | p10 ns | p50 ns | p90 ns |\n|---|---|---|---|");
    var names = List.of("nothing", "the first half", "all but the last sign");
    for (var i = 0; i < nanos.length; i++) {
      Arrays.sort(nanos[i]);
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %d |%n",
          names.get(i),
          nanos[i][ROUNDS / 10],
          nanos[i][ROUNDS / 2],
          nanos[i][ROUNDS * 9 / 10]);
    }
  }

  private static long refusal(Grants grants, String guess) {
    var began = System.nanoTime();
    var admission = grants.admit(List.of(guess), Instant.EPOCH);
    var took = System.nanoTime() - began;
    if (!(admission instanceof Admission.Refused)) {
      throw new IllegalStateException("the guess was right");
    }
    return took;
  }
}
