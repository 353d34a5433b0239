package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Header;
import io.onebalance.secret.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AtCompatTest {
  private static final Secret KEY = new Secret("AIza-a-key-of-google-for-tests");
  private static final Way GATEWAY =
      Way.Gateway.cloudflare("account", "name", Optional.of(new Secret("cloudflare-token")));

  @Test
  void asks_the_gateways_own_translator_with_the_providers_key_as_bearer() {
    var at = provider("google-ai-studio").atCompat().orElseThrow();

    var to = at.provider().destination(GATEWAY, "/chat/completions", "", KEY);

    assertThat(to.origin().authority()).isEqualTo("gateway.ai.cloudflare.com");
    assertThat(to.target()).isEqualTo("/v1/account/name/compat/chat/completions");
    assertThat(to.headers())
        .contains(
            new Header("authorization", "Bearer " + KEY.reveal()),
            new Header("cf-aig-authorization", "Bearer cloudflare-token"),
            new Header("cf-aig-max-attempts", "1"));
    assertThat(at.prefix()).isEqualTo("google-ai-studio");
  }

  @Test
  void keeps_the_slug_so_that_the_same_keys_are_asked_with() {
    assertThat(provider("groq").atCompat().orElseThrow().provider().slug()).isEqualTo("groq");
  }

  @Test
  void writes_models_with_the_name_that_compat_knows_the_provider_by() {
    assertThat(provider("perplexity-ai").atCompat().orElseThrow().prefix()).isEqualTo("perplexity");
  }

  @Test
  void is_not_there_for_providers_that_compat_does_not_know() {
    assertThat(provider("openrouter").atCompat()).isEmpty();
  }

  private static Provider provider(String slug) {
    return Catalogue.builtIn().find(slug).orElseThrow();
  }
}
