package io.onebalance.relay;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes the ids by which a request is found in logs: 96 random bits. They are labels, not secrets.
final class RequestIds {
  private static final HexFormat HEX = HexFormat.of();

  private final RandomGenerator chance;

  RequestIds(RandomGenerator chance) {
    this.chance = chance;
  }

  String next() {
    return HEX.toHexDigits(chance.nextLong()) + HEX.toHexDigits(chance.nextInt());
  }
}
