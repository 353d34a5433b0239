package io.onebalance.provider.site;

import io.onebalance.http.Header;
import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Optional;

/// Where one attempt goes: `path` below `base` when it goes directly, `there` when it goes through
/// the gateway. `key` is the part of the credential that `auth` puts in its place.
public record Spot(
    Optional<BaseUrl> base, String path, Optional<AtGateway> there, Auth auth, Secret key) {
  /// The path behind the provider's slug at the gateway, and the field, if any, that tells the
  /// gateway the whole address meant.
  public record AtGateway(String path, Optional<Header> target) {
    /// The fields for a request with this query.
    public List<Header> headers(String query) {
      return target
          .map(to -> query.isEmpty() ? to : new Header(to.name(), to.value() + "?" + query))
          .map(List::of)
          .orElse(List.of());
    }
  }

  static Spot at(BaseUrl base, String path, Optional<String> atGateway, Auth auth, Secret key) {
    var there = atGateway.map(known -> new AtGateway(known, Optional.empty()));
    return new Spot(Optional.of(base), path, there, auth, key);
  }
}
