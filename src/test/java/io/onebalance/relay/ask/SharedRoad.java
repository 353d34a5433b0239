package io.onebalance.relay.ask;

import io.onebalance.provider.Way;
import io.onebalance.provider.answer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.Operation;

/// Threads hear of a gateway that it stops requests, and that it lets them pass. For the checks of
/// `interleaved`.
public class SharedRoad {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Way WAY = Way.Gateway.cloudflare("account", "name", Optional.empty());
  private static final Verdict.Astray LIMITED =
      new Verdict.Astray("the gateway's own limit", Optional.of(Duration.ofSeconds(2)));

  private final GatewayRoad road = new GatewayRoad();

  @Operation
  public void stopped() {
    road.stopped(WAY, LIMITED, NOW);
  }

  @Operation
  public void passed() {
    road.passed(WAY);
  }

  @Operation
  public boolean rests() {
    return road.resting(WAY, NOW).isPresent();
  }
}
