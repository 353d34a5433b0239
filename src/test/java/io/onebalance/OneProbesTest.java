package io.onebalance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.store.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes whose clock a test sets.
class OneProbesTest {
  private static final int TOO_MANY = 429;

  @TempDir Path dir;

  @Test
  @DisplayName(
      "F81 a long rest is tried early by the instance that learnt of it, and by no other one; what"
          + " it finds out is known to both")
  void one_probes() {
    var clock = dir.resolve("clock");
    ByAnotherClock.ahead(clock, Duration.ZERO);
    try (var all = new Instances(dir, "");
        var learns = at(all, 0, clock);
        var hears = at(all, 1, clock)) {
      all.provider.script.key("gsk-rest", rests());
      var id = all.add(learns, "gsk-rest");
      Instances.awaitTold(hears, id, "\"active\"");
      assertThat(all.chat(learns.url())).isEqualTo(TOO_MANY);
      Instances.awaitTold(hears, id, "\"until\"");
      all.provider.script.key("gsk-rest", Fault.well());

      ByAnotherClock.ahead(clock, Duration.ofMinutes(16));
      assertThat(all.chat(hears.url())).isEqualTo(TOO_MANY);
      assertThat(all.chat(learns.url())).isEqualTo(200);
      while (all.chat(hears.url()) != 200) {
        Thread.onSpinWait();
      }
    }
  }

  private static Child at(Instances all, int n, Path clock) {
    return Child.servingBy(clock, all.home(n), all.environment(PostgresServer.port()));
  }

  /// For twenty hours.
  private static Fault rests() {
    var body = "{\"error\":{\"message\":\"Rate limit reached\",\"code\":\"rate_limit_exceeded\"}}";
    return new Fault.Says(TOO_MANY, Map.of("retry-after", "72000"), body.getBytes(UTF_8));
  }
}
