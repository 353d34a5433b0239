package io.onebalance.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.alert.Alert;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CompanyTest {
  @Test
  void an_alert_is_the_same_however_instances_count_and_another_where_its_subject_is_another() {
    assertThat(Company.named(low("ollama-1", 3))).isEqualTo(Company.named(low("ollama-1", 4)));
    assertThat(Company.named(low("ollama-1", 3))).isNotEqualTo(Company.named(low("ollama-2", 3)));
  }

  private static Alert low(String provider, int ready) {
    var message = "%s: %d of 9 keys ready, 2 resting, 4 blocked".formatted(provider, ready);
    return new Alert(Alert.Kind.POOL_LOW, provider, false, message, Instant.EPOCH);
  }
}
