package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.http.Escapes;
import io.onebalance.http.SafePath;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// That a provider's paths stay where the catalogue puts them.
class PathEscapeTest {
  private static final Way DIRECT = new Way.Direct();
  private static final Way GATEWAY = Way.Gateway.cloudflare("account", "name", Optional.empty());
  private static final Secret KEY = new Secret("key");

  @Test
  @DisplayName("P8, S11 no provider takes a path that leads elsewhere, on either way")
  void no_provider_takes_an_escape() {
    for (var provider : Catalogue.builtIn().all()) {
      for (var path : Escapes.all()) {
        assertThat(SafePath.read(path, "").filter(to -> provider.objection(to).isEmpty()))
            .as(provider.slug() + path)
            .isEmpty();
        assertThatThrownBy(() -> provider.destination(DIRECT, path, "", KEY))
            .isInstanceOf(IllegalPath.class);
        assertThatThrownBy(() -> provider.destination(GATEWAY, path, "", KEY))
            .isInstanceOf(IllegalPath.class);
      }
    }
  }

  @Test
  @DisplayName("P8 whatever the bytes, a path is refused or stays below its base")
  void random_paths_never_leave_the_base() {
    var groq = Catalogue.builtIn().find("groq").orElseThrow();
    var chance = new Random(8);
    var alphabet = "/.%2eEfF5cC;\\ab:@v1#?&= 0";
    for (var i = 0; i < 100_000; i++) {
      var path = new StringBuilder("/");
      for (var j = chance.nextInt(12); j > 0; j--) {
        path.append(alphabet.charAt(chance.nextInt(alphabet.length())));
      }
      var safe = SafePath.read(path.toString(), "");
      if (safe.isPresent()) {
        var there = groq.destination(DIRECT, safe.get(), KEY);
        assertThat(there.origin().host()).isEqualTo("api.groq.com");
        assertThat(there.target()).startsWith("/openai/v1").doesNotContain("/../");
      }
    }
  }
}
