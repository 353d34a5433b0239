package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.relay.plan.memory.Belongings;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where bodies are read through: small ones at once, large ones beside the event loop, which has
/// others to serve.
class LargeBodyTest {
  private static final String KEY = "sk-good-00000000000000000000";

  private final Rig rig = new Rig();
  private final Watching watching = new Watching();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/openai/v1/chat/completions, gpt-4o-mini, 250, true",
    "/api/openai/v1/chat/completions, gpt-4o-mini, 260, false",
    "/v1/chat/completions, openai/gpt-4o-mini, 250, true",
    "/v1/chat/completions, openai/gpt-4o-mini, 260, false",
  })
  void a_body_of_more_than_256_kib_keeps_no_event_loop(
      String path, String model, int kib, boolean onLoop) {
    rig.belongings = watching;
    rig.keys("openai", KEY);
    var body =
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(model, "x".repeat(kib << 10));
    assertThat(rig.post(path, body).statusCode()).isEqualTo(200);
    assertThat(watching.onLoop).containsExactly(onLoop);
  }

  /// Is asked in the course of each plan whose resources a request names.
  private static final class Watching implements Belongings {
    private final Set<Boolean> onLoop = ConcurrentHashMap.newKeySet();

    @Override
    public boolean isEmpty() {
      onLoop.add(Context.isOnEventLoopThread());
      return true;
    }

    @Override
    public Optional<String> keyOf(String provider, String resource) {
      return Optional.empty();
    }

    @Override
    public void made(String provider, String resource, String keyId) {
      // nothing is made here
    }
  }
}
