package io.onebalance.interleaved;

import io.onebalance.access.limit.Charge;
import io.onebalance.access.limit.Permit;
import io.onebalance.access.limit.Spendings;
import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/// Requests of one gateway key are let in, cost what such requests usually cost, and let go what
/// they held.
@Param(name = "thread", gen = ThreadIdGen.class)
public class SharedSpendings {
  private static final String KEY = "k";
  private static final long COST = 4;
  private static final long BUDGET = 10;
  private static final KeyLimits LIMITS = new KeyLimits(Map.of(Limit.TOKENS_PER_DAY, BUDGET));

  private final Spendings spendings = new Spendings();

  /// What each thread holds is its own, so that each operation is one call.
  private final List<Deque<Permit.Hold>> running = holds();

  private final List<Deque<Permit.Hold>> charged = holds();

  /// From the first request on it is known what they usually cost.
  public SharedSpendings() {
    if (spendings.admit(KEY, LIMITS, Keyring.NOW) instanceof Permit.Granted(var hold)) {
      spend();
      hold.letGo();
    }
  }

  private static List<Deque<Permit.Hold>> holds() {
    return Stream.generate(() -> (Deque<Permit.Hold>) new ArrayDeque<Permit.Hold>())
        .limit(4)
        .toList();
  }

  private void spend() {
    spendings.charge(KEY, new Charge(Keyring.NOW, Keyring.NOW, COST, OptionalLong.empty()));
  }

  @Operation
  public boolean admit(@Param(name = "thread") int thread) {
    var permit = spendings.admit(KEY, LIMITS, Keyring.NOW);
    if (permit instanceof Permit.Granted(var hold)) {
      running.get(thread).add(hold);
    }
    return permit instanceof Permit.Granted;
  }

  @Operation
  public boolean charge(@Param(name = "thread") int thread) {
    var hold = running.get(thread).poll();
    if (hold != null) {
      charged.get(thread).add(hold);
      spend();
    }
    return hold != null;
  }

  @Operation
  public boolean letGo(@Param(name = "thread") int thread) {
    var hold = charged.get(thread).poll();
    if (hold != null) {
      hold.letGo();
    }
    return hold != null;
  }

  @Validate
  public void the_budget_is_overrun_by_less_than_one_request() {
    var spent = spendings.standing(KEY, Keyring.NOW).orElseThrow().today().tokens();
    var under = running.stream().mapToInt(Deque::size).sum();
    if (spent + under * COST >= BUDGET + COST) {
      throw new IllegalStateException(spent + " spent, " + under + " under way");
    }
  }
}
