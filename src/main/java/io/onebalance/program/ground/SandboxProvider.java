package io.onebalance.program.ground;

import io.onebalance.key.ApiKey;
import io.onebalance.key.Standing;
import io.onebalance.key.pool.Pools;
import io.onebalance.provider.Provider;
import io.onebalance.sandbox.Sandbox;
import io.onebalance.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The sandbox as a provider like any other: an entry of the catalogue and some keys that live in
/// memory only, so that the first request is answered before any real key is added.
public final class SandboxProvider {
  public static final String SLUG = "sandbox";

  private static final int KEYS = 5;

  private SandboxProvider() {}

  public static Provider provider(Sandbox sandbox) {
    return Provider.of(
        SLUG,
        Map.of(
            "base-url",
            sandbox.url(),
            "dialect",
            "openai",
            "version",
            "v1",
            "models",
            List.of("echo"),
            "responses",
            List.of("*"),
            "via",
            "direct"));
  }

  public static void addKeys(Pools pools, Instant now) {
    for (var number = 1; number <= KEYS; number++) {
      var name = "sandbox-key-" + number;
      var key = new ApiKey(name, SLUG, new Secret(name), "", "pretend key", 1, now);
      pools.of(SLUG).put(key, Standing.NEW, now);
    }
  }
}
