package io.onebalance.relay.exchange;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes the ids by which a request is found in logs: 96 random bits. They are labels, not secrets.
public final class RequestIds {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LENGTH = 12;

  private final RandomGenerator chance;

  public RequestIds(RandomGenerator chance) {
    this.chance = chance;
  }

  public String next() {
    var bits = new byte[LENGTH];
    chance.nextBytes(bits);
    return HEX.formatHex(bits);
  }
}
