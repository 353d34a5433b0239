package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;
import java.util.Map;

/// What is left of entries for which the journal had no room: their sums.
public record Folded(Map<Cell, Sums> cells) {
  public Folded {
    cells = Map.copyOf(cells);
  }

  /// Whose sums these are. `minute` is that of the requests' end, in minutes since 1970. Where
  /// there are very many cells, further ones are added up by hour with all names empty.
  public record Cell(long minute, String gatewayKey, String provider, String model, String keyId) {
    private static final long MINUTE = 60;
    private static final long MINUTES_AN_HOUR = 60;

    static Cell of(Entry entry) {
      var served = entry.served();
      return new Cell(
          Math.floorDiv(entry.at().plus(entry.times().total()).getEpochSecond(), MINUTE),
          entry.gatewayKey(),
          served.provider(),
          served.model(),
          served.keyId());
    }

    Cell rough() {
      return new Cell(minute - Math.floorMod(minute, MINUTES_AN_HOUR), "", "", "", "");
    }
  }

  /// Of several requests.
  ///
  /// @param unpriced how many of them used tokens and have a cost that nobody knows
  public record Sums(
      long requests,
      long errors,
      long attempts,
      long input,
      long cached,
      long cacheWritten,
      long output,
      long reasoning,
      long costNanos,
      long unpriced) {
    static Sums of(Entry entry) {
      var tokens = entry.tokens();
      return new Sums(
          1,
          entry.ending().isError() ? 1 : 0,
          entry.attempted(),
          tokens.input(),
          tokens.cached(),
          tokens.cacheWritten(),
          tokens.output(),
          tokens.reasoning(),
          entry.cost().isPresent() ? entry.cost().get().nanos() : 0,
          entry.cost().isEmpty() && tokens.total() > 0 ? 1 : 0);
    }

    public Sums plus(Sums other) {
      return new Sums(
          requests + other.requests,
          errors + other.errors,
          attempts + other.attempts,
          input + other.input,
          cached + other.cached,
          cacheWritten + other.cacheWritten,
          output + other.output,
          reasoning + other.reasoning,
          costNanos + other.costNanos,
          unpriced + other.unpriced);
    }
  }
}
