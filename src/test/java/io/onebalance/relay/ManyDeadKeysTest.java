package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyDeadKeysTest {
  private static final String GOOD = "sk-a-good-key-at-the-end";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("D24 what dead keys answered does not count against the provider's failures")
  void a_server_fault_after_dead_keys_is_repeated(int dead) {
    keys(dead);
    rig.script.key(GOOD, Fault.broken(), Fault.well());

    assertThat(rig.post(Calls.CHAT, Calls.HELLO).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("a request passes over thousands of dead keys, one after the other, without harm")
  void thousands_of_dead_keys() {
    rig.patience = Patiences.overall(rig.patience, Duration.ofMinutes(2));
    var dead = 5_000;
    keys(dead);

    var answer = rig.post(Calls.CHAT, Calls.HELLO);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-one-balance-key")).contains(GOOD);
    assertThat(rig.pools.of("openai").counts(rig.clock.instant()).blocked()).isEqualTo(dead);
  }

  @Test
  @DisplayName("thousands of stored texts that are no keys are passed over as well, asking nobody")
  void thousands_of_unfit_keys() {
    rig.patience = Patiences.overall(rig.patience, Duration.ofMinutes(2));
    rig.at("aws-bedrock", rig.sandbox.url());
    var unfit = 10_000;
    for (var number = 0; number < unfit; number++) {
      rig.key("aws-bedrock", "unfit-" + number, "{\"access_key_id\":\"AKID\"}", "");
    }

    assertThat(rig.post("/api/aws-bedrock/model/x/invoke", "{}").statusCode()).isEqualTo(502);

    assertThat(rig.counts("aws-bedrock").blocked()).isEqualTo(unfit);
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  private void keys(int dead) {
    for (var number = 0; number < dead; number++) {
      rig.key("openai", "sk-dead-key-number-" + number);
    }
    rig.key("openai", GOOD);
    rig.script.play(Match.ALL, Fault.dead());
    rig.script.key(GOOD, Fault.well());
  }
}
