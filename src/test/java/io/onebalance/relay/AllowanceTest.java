package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.limit.Allowance;
import io.onebalance.sandbox.quota.Quota;
import io.onebalance.sandbox.script.Match;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What answers say is left of a key's limits is kept for whoever chooses the next key.
class AllowanceTest {
  private static final String A = "key-a-000000000000000000000";
  private static final String MODEL = "gpt-4o-mini";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  @DisplayName("F19 answers and refusals alike tell what is left, and it is kept for key and model")
  void what_answers_tell_is_kept_for_key_and_model() {
    rig.keys("openai", A);
    rig.script.limit(Match.ALL, Quota.perMinute(2));

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(requestsLeft()).contains(1L);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(429);
    assertThat(requestsLeft()).contains(0L);
  }

  @Test
  void a_provider_that_is_declared_to_tell_nothing_is_not_listened_to() {
    rig.catalogue = rig.catalogue.with(Map.of("openai", Map.of("limits", Map.of())));
    rig.keys("openai", A);
    rig.script.limit(Match.ALL, Quota.perMinute(5));

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
    assertThat(left()).isEmpty();
  }

  private Optional<Long> requestsLeft() {
    return left().stream()
        .filter(told -> told.kind() == Allowance.Kind.REQUESTS)
        .map(Allowance::remaining)
        .findFirst();
  }

  private List<Allowance> left() {
    return rig.pools.of("openai").limits().allowances(A, MODEL, rig.clock.instant());
  }
}
