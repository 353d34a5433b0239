package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.credential.GoogleCredential;
import io.onebalance.provider.credential.GoogleCredential.ServiceAccount;
import io.onebalance.provider.credential.GoogleLocation;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Optional;

/// Vertex AI: a host for each location, which the path names. What the path leaves out (the
/// version, the project, the location) is the key's own; a project written `-` too. `location` is
/// for keys that name none.
public record Vertex(Hosts hosts, String location, BaseUrl tokens) implements Site.Several {
  private static final Auth API_KEY = new Auth.InHeader("x-goog-api-key");

  /// The hosts of regions, of multi-regions (`us`, `eu`), and the one of no region.
  public record Hosts(Template region, Template multiRegion, Template global) {
    BaseUrl of(String location) {
      if (region.isFixed()) {
        return region.fill("");
      }
      if (location.equals(GoogleLocation.GLOBAL)) {
        return global.fill("");
      }
      return (location.contains("-") ? region : multiRegion).fill(location);
    }
  }

  @Override
  public void check(Secret key) {
    if (GoogleCredential.read(key) instanceof ServiceAccount account) {
      account.key().sign("");
    }
  }

  @Override
  public List<Secret> parts(Secret key) {
    return GoogleCredential.read(key).secrets();
  }

  @Override
  public String scope(String rawPath) {
    var asked = VertexPath.of(rawPath);
    return asked.isOwnProject() ? "" : asked.project();
  }

  @Override
  public Optional<String> objection(String rawPath) {
    var named = VertexPath.of(rawPath).location();
    return named.isEmpty() || GoogleLocation.isOne(named)
        ? Optional.empty()
        : Optional.of("the path names no location such as us-central1 or global");
  }

  @Override
  public boolean hangsOnKey(String rawPath) {
    return !hosts.region().isFixed() && VertexPath.of(rawPath).location().isEmpty();
  }

  @Override
  public Spot spot(String rawPath, Secret key) {
    var asked = VertexPath.of(rawPath);
    return switch (GoogleCredential.read(key)) {
      case GoogleCredential.ApiKey(var text) -> express(asked, text);
      case ServiceAccount account -> within(asked, account);
    };
  }

  private Spot express(VertexPath asked, Secret key) {
    var at = hosts.of(asked.location().isEmpty() ? GoogleLocation.GLOBAL : asked.location());
    var path = asked.written();
    var there = Optional.of(path).filter(_ -> !asked.project().isEmpty());
    return Spot.at(at, at.path() + path, there, API_KEY, key);
  }

  private Spot within(VertexPath asked, ServiceAccount account) {
    var place = asked.location().isEmpty() ? account.region().orElse(location) : asked.location();
    var at = hosts.of(place);
    var path = asked.filled(account.project(), place);
    var auth = new Auth.Exchanged(account, tokens);
    return Spot.at(at, at.path() + path, Optional.of(path), auth, account.key().pem());
  }
}
