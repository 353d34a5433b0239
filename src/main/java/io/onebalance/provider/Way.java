package io.onebalance.provider;

import io.onebalance.http.Header;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How traffic leaves: straight to the provider, or through a Cloudflare AI Gateway.
public sealed interface Way {
  record Direct() implements Way {
    static final Direct DIRECT = new Direct();
  }

  /// `url` is what stands before the provider's slug; `token` opens an authenticated gateway.
  record Gateway(BaseUrl url, Optional<Secret> token) implements Way {
    /// The gateway of this name in this Cloudflare account.
    public static Gateway cloudflare(String account, String name, Optional<Secret> token) {
      return new Gateway(
          BaseUrl.parse("https://gateway.ai.cloudflare.com/v1/" + account + "/" + name), token);
    }

    /// What must be said to the gateway: no retries of its own (they would use the same key again),
    /// and never its own credit where a key is missing.
    List<Header> headers() {
      var headers = new ArrayList<Header>();
      token.ifPresent(t -> headers.add(new Header("cf-aig-authorization", "Bearer " + t.reveal())));
      headers.add(new Header("cf-aig-max-attempts", "1"));
      headers.add(new Header("cf-aig-no-wholesale", "true"));
      return headers;
    }

    /// Said unless the client says otherwise: the gateway's cache does not tell keys apart.
    static List<Header> defaults() {
      return List.of(new Header("cf-aig-skip-cache", "true"));
    }
  }
}
