package io.onebalance.interleaved;

import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/// Runs Lincheck's model checker over all that is shared. Each iteration is another scenario of two
/// threads, each invocation another order of their steps.
final class Interleavings {
  static final String DONE = "every order was well";

  private static final List<Class<?>> SHARED =
      List.of(SharedPool.class, SharedLine.class, SharedBudget.class);

  private static final int ITERATIONS = 6;
  private static final int INVOCATIONS = 80;
  private static final int ACTORS = 2;

  private Interleavings() {}

  public static void main(String[] arguments) {
    for (var shared : SHARED) {
      System.out.println(shared.getSimpleName());
      new ModelCheckingOptions()
          .iterations(ITERATIONS)
          .invocationsPerIteration(INVOCATIONS)
          .threads(2)
          .actorsPerThread(ACTORS)
          .actorsBefore(0)
          .actorsAfter(0)
          .minimizeFailedScenario(false)
          .check(shared);
    }
    System.out.println(DONE);
    System.exit(0); // its agent leaves threads behind
  }
}
