package io.onebalance.program.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.Grants;
import io.onebalance.access.MalformedAuthKey;
import io.onebalance.key.ApiKey;
import io.onebalance.key.Policy;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Pools;
import io.onebalance.secret.Secret;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownSecretsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String AUTH = "gateway-key-of-the-test;an-expired-gateway-key(1)";

  @ParameterizedTest(name = "S24 {0}: {1}")
  @CsvSource({
    "gpt-4o-mini, false",
    "openai/gpt-4o-mini, false",
    "gateway-key-of-the-test, true",
    "openai/gateway-key-of-the-test, true",
    "an-expired-gateway-key, true",
    "sk-provider-key, true",
    "openai/sk-provider-key, true",
    "models/sk-provider-key:generateContent, true",
    "sk-provider, false",
  })
  void a_key_where_a_model_belongs_is_known(String word, boolean secret) throws MalformedAuthKey {
    var pools = new Pools(new Policy(2, 5), new SplittableRandom(1), _ -> {});
    var key = new ApiKey("k1", "openai", new Secret("sk-provider-key"), "", "", 1, NOW);
    pools.of("openai").put(key, Standing.NEW, NOW);
    var grants = Grants.parse(AUTH);
    assertThat(new KnownSecrets(pools, () -> grants, () -> NOW).test(word)).isEqualTo(secret);
  }
}
