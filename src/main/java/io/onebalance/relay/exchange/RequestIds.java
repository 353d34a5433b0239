package io.onebalance.relay.exchange;

import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes the ids by which a request is found in logs: the millisecond in 48 bits, then 48 random
/// ones, so that the log's index by id grows at its end. They are labels, not secrets.
public final class RequestIds {
  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 12;

  private final RandomGenerator chance;

  public RequestIds(RandomGenerator chance) {
    this.chance = chance;
  }

  public String next(Instant now) {
    return HEX.toHexDigits(now.toEpochMilli(), DIGITS) + HEX.toHexDigits(chance.nextLong(), DIGITS);
  }
}
