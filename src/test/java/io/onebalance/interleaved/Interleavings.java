package io.onebalance.interleaved;

import io.onebalance.relay.ask.SharedRoad;
import java.util.List;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/// Runs Lincheck's model checker over all that is shared. Each iteration is another scenario of two
/// threads, each invocation another order of their steps. What is about one call of each thread is
/// tried in more orders than what is about any. With two numbers: in so many scenarios, and in so
/// many orders each.
final class Interleavings {
  static final String DONE = "every order that was tried was well";
  static final String FOUND = "a wake-up that was lost was found";

  /// What is checked, in scenarios of so many calls a thread, each in so many orders. Where each
  /// thread has one call there is one scenario.
  private record Model(Class<?> shared, int actors, int scenarios, int orders) {
    Model with(int otherScenarios, int otherOrders) {
      return new Model(shared, actors, actors == 1 ? 1 : otherScenarios, otherOrders);
    }
  }

  private static final int HANDED_OVER = 300;

  private static final List<Model> MODELS =
      List.of(
          new Model(HandedOver.class, 1, 1, HANDED_OVER),
          new Model(SharedPool.class, 2, 2, 60),
          new Model(SharedLine.class, 2, 2, 60),
          new Model(SharedBudget.class, 2, 2, 60),
          new Model(SharedSpendings.class, 2, 2, 60),
          new Model(SharedPlaces.class, 2, 2, 60),
          new Model(SharedRoad.class, 2, 2, 60));

  private Interleavings() {}

  public static void main(String[] arguments) {
    for (var usual : MODELS) {
      var model =
          arguments.length < 2
              ? usual
              : usual.with(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
      System.out.printf(
          "%s: %d scenarios in %d orders each%n",
          model.shared.getSimpleName(), model.scenarios, model.orders);
      check(model);
    }
    System.out.println(DONE);
    find(new Model(Forgotten.class, 1, 1, HANDED_OVER));
    System.exit(0); // its agent leaves threads behind
  }

  private static void check(Model model) {
    new ModelCheckingOptions()
        .iterations(model.scenarios)
        .invocationsPerIteration(model.orders)
        .threads(2)
        .actorsPerThread(model.actors)
        .actorsBefore(0)
        .actorsAfter(0)
        .minimizeFailedScenario(false)
        .check(model.shared);
  }

  /// What is wrong has to be found in as many orders as what is right is tried in.
  private static void find(Model wrong) {
    try {
      check(wrong);
    } catch (LincheckAssertionError found) {
      System.out.println(FOUND);
      return;
    }
    throw new AssertionError(wrong.shared + " was taken for right");
  }
}
