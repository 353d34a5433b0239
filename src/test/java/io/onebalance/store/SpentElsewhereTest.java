package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.Spent;
import io.onebalance.cluster.Cluster;
import io.onebalance.store.history.SpentElsewhere;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpentElsewhereTest {
  @TempDir Path dir;

  private static void spend(Rig at, String instance, String key, Duration ago, long nanos) {
    at.outside(
        "INSERT INTO spendings (instance, gateway_key, began, nanos, tokens) VALUES ('%s', '%s', %d, %d, 7)"
            .formatted(instance, key, Rig.START.minus(ago).getEpochSecond(), nanos));
  }

  @Test
  @DisplayName(
      "what others spend is known after the next look; what is one's own, or was before, is not"
          + " counted")
  void others() {
    try (var rig = Rig.in(Store.POSTGRESQL, dir)) {
      spend(rig, "other", "phone", Duration.ZERO, 1_000);
      var elsewhere = SpentElsewhere.from(rig.database);
      spend(rig, "other", "phone", Duration.ofHours(1), 20);
      spend(rig, "third", "phone", Duration.ofHours(30), 300);
      spend(rig, rig.database.engine().instance(), "phone", Duration.ZERO, 4_000);
      spend(rig, "other", "tablet", Duration.ZERO, 50_000);
      assertThat(elsewhere.since("phone", Rig.START.minus(Duration.ofDays(2))))
          .isEqualTo(Spent.NOTHING);
      elsewhere.catchUp();
      elsewhere.catchUp();
      assertThat(elsewhere.since("phone", Rig.START.minus(Duration.ofDays(2))))
          .isEqualTo(new Spent(320, 14, 0));
      assertThat(elsewhere.since("phone", Rig.START.minus(Duration.ofHours(2))))
          .isEqualTo(new Spent(20, 7, 0));
      assertThat(elsewhere.since("nobody", Rig.START)).isEqualTo(Spent.NOTHING);
    }
  }

  @Test
  @DisplayName("F78 who was cut off for a day hears afterwards what was spent meanwhile")
  void cut_off() {
    try (var rig = Rig.in(Store.POSTGRESQL, dir)) {
      var elsewhere = SpentElsewhere.from(rig.database);
      for (var i = 0; i < 3; i++) {
        spend(rig, "other", "phone", Duration.ofHours(20), 100);
        spend(rig, "other", "phone", Duration.ofHours(3), 10);
      }
      spend(rig, "other", "phone", Duration.ZERO, 1);
      rig.outside(
          "UPDATE spendings SET told_at = EXTRACT(EPOCH FROM now())::BIGINT / 900 * 900 - CASE WHEN"
              + " nanos = 1 THEN 0 WHEN nanos = 10 THEN 4000 ELSE 72000 END");
      try (var cluster = Cluster.of(rig.database, () -> {}).orElseThrow()) {
        cluster.begin();
        while (!rig.ask("SELECT COUNT(*) FROM spendings").equals("5")) {
          Thread.onSpinWait();
        }
      }
      elsewhere.catchUp();
      assertThat(elsewhere.since("phone", Rig.START.minus(Duration.ofDays(2))))
          .isEqualTo(new Spent(331, 49, 0));
    }
  }
}
