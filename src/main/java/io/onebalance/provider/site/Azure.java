package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.credential.AzureKey;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Azure OpenAI: each key goes to its own resource's host and nowhere else. The resource is the
/// credential's, or stands in the settings' base URL; one in the client's path only chooses among
/// keys.
public record Azure(Template base) implements Site.Several {
  private static final Auth API_KEY = new Auth.InHeader("api-key");
  private static final String DEPLOYMENTS = "/openai/deployments";
  private static final Set<String> OWN = Set.of("openai", "v1", "deployments", "models");

  @Override
  public void check(Secret key) {
    key(key);
  }

  @Override
  public List<Secret> parts(Secret key) {
    return List.of(key(key).key());
  }

  /// `/{resource}/{deployment}/…`, the gateway's form, and `/{resource}/openai/…` become Azure's
  /// own `/openai/…`, which may also be left out.
  @Override
  public String ownPath(String rawPath) {
    var path = resource(rawPath).isEmpty() ? rawPath : Segments.rest(rawPath);
    if (Joining.begins(path, "/openai")) {
      return path;
    }
    return OWN.contains(Segments.first(path)) ? "/openai" + path : DEPLOYMENTS + path;
  }

  @Override
  public String scope(String rawPath) {
    return resource(rawPath);
  }

  @Override
  public boolean hangsOnKey(String rawPath) {
    return !base.isFixed() && resource(rawPath).isEmpty();
  }

  @Override
  public Spot spot(String rawPath, Secret key) {
    var own = ownPath(rawPath);
    var credential = key(key);
    var resource = credential.resource().orElse("");
    var named = resource(rawPath);
    if (!named.isEmpty() && !named.equals(resource)) {
      throw new IllegalPath("the path names a resource that is not the key's");
    }
    var at = base.fill(resource);
    return Spot.at(at, at.path() + own, atGateway(resource, own), API_KEY, credential.key());
  }

  private AzureKey key(Secret key) {
    return base.isFixed() ? AzureKey.read(key) : AzureKey.readWhole(key);
  }

  /// The gateway knows only what is asked of deployments.
  private static Optional<String> atGateway(String resource, String own) {
    return Optional.of(own)
        .filter(path -> Joining.begins(path, DEPLOYMENTS))
        .map(path -> "/" + resource + path.substring(DEPLOYMENTS.length()));
  }

  /// The first of three segments or more that is none of Azure's own.
  private static String resource(String path) {
    var first = Segments.first(path);
    var second = Segments.rest(path);
    return OWN.contains(first) || Segments.rest(second).isEmpty()
        ? ""
        : first.toLowerCase(Locale.ROOT);
  }
}
