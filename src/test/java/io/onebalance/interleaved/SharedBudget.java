package io.onebalance.interleaved;

import io.onebalance.relay.ask.again.Budget;
import org.jetbrains.lincheck.datastructures.Operation;

/// Threads earn and take repeats.
public class SharedBudget {
  private final Budget budget = new Budget();

  @Operation
  public void requested() {
    budget.requested();
  }

  @Operation
  public boolean take() {
    return budget.take(Keyring.NOW);
  }
}
