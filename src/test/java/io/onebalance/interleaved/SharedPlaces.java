package io.onebalance.interleaved;

import io.onebalance.relay.exchange.UnderWay;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/// Requests of one gateway key begin and end, of which two may be under way at once.
@Param(name = "thread", gen = ThreadIdGen.class)
public class SharedPlaces {
  private static final String KEY = "k";
  private static final int MOST = 2;

  private final UnderWay underWay = new UnderWay();

  /// What each thread has under way is its own, so that each operation is one call.
  private final AtomicIntegerArray mine = new AtomicIntegerArray(4);

  @Operation
  public boolean begins(@Param(name = "thread") int thread) {
    var begins = underWay.begins(KEY, MOST);
    if (begins) {
      mine.incrementAndGet(thread);
    }
    return begins;
  }

  @Operation
  public boolean ended(@Param(name = "thread") int thread) {
    var has = mine.get(thread) > 0;
    if (has) {
      mine.decrementAndGet(thread);
      underWay.ended(KEY);
    }
    return has;
  }

  @Validate
  public void as_many_are_under_way_as_began_and_never_more_than_may() {
    var taken = 0;
    for (var thread = 0; thread < mine.length(); thread++) {
      taken += mine.get(thread);
    }
    if (underWay.all() != taken || taken > MOST) {
      throw new IllegalStateException(underWay.all() + " under way, " + taken + " began");
    }
  }
}
