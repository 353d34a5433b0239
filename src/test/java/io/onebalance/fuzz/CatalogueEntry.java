package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Provider;
import io.onebalance.provider.Way;
import io.onebalance.provider.credential.Unfit;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import io.onebalance.settings.file.FileTrouble;
import io.onebalance.settings.file.YamlFile;
import java.util.Map;

/// Providers as the settings define them. The whole input is the YAML under `providers:`.
///
/// An entry is refused by an [IllegalArgumentException] that names it, or it works: its requests go
/// to its own origin.
final class CatalogueEntry implements Target {
  private static final Catalogue CATALOGUE = Catalogue.builtIn();
  private static final Secret KEY = new Secret("sk-fuzz-0123456789abcdef");

  @Override
  public void attack(byte[] input) {
    Map<?, ?> entries;
    try {
      entries = (Map<?, ?>) YamlFile.read(new Input(input).restAsText()).plain();
    } catch (FileTrouble trouble) {
      assertThat(trouble.getMessage()).isNotBlank();
      return;
    }
    entries.forEach((slug, fields) -> check(String.valueOf(slug), fields));
  }

  private static void check(String slug, Object fields) {
    try {
      var provider = CATALOGUE.with(Map.of(slug, fields)).find(slug).orElseThrow();
      assertThat(provider.slug()).isEqualTo(slug);
      if (!provider.viaGateway(new Way.Direct()) && !provider.bases(new Way.Direct()).isEmpty()) {
        checkRequest(provider);
      }
    } catch (Unfit refused) {
      assertThat(refused.getMessage()).isNotBlank(); // the key is none of this provider's
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).contains("providers.");
    } catch (IllegalStateException noGateway) {
      assertThat(noGateway).hasMessageContaining("no gateway is configured");
    }
  }

  private static void checkRequest(Provider provider) {
    var home = BaseUrl.parse(provider.bases(new Way.Direct()).getFirst());
    var there = provider.destination(new Way.Direct(), "/v1/models", "a=b", KEY);
    assertThat(there.origin().tls()).isEqualTo(home.origin().tls());
    assertThat(there.origin().authority()).isEqualTo(home.origin().authority());
    assertThat(there.target()).startsWith(home.path() + "/").matches("[!-~]+");
  }
}
