package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/// Baseten: its model APIs, and below `/model/{id}` the host of a deployment.
public record Baseten(BaseUrl base, Joining joining, Template deployment, Auth auth)
    implements Site.Several {
  private static final Pattern ID = Pattern.compile("[a-z0-9]{1,32}");
  private static final String PREDICT = "/production/predict";

  @Override
  public Optional<String> objection(String rawPath) {
    return isDeployment(rawPath) && !ID.matcher(id(rawPath)).matches()
        ? Optional.of("the path names no deployment: /model/ID, of small letters and digits")
        : Optional.empty();
  }

  @Override
  public Spot spot(String rawPath, Secret key) {
    if (!isDeployment(rawPath)) {
      var path = joining.path(rawPath);
      return Spot.at(base, path, Optional.of(path), auth, key);
    }
    var host = deployment.fill(id(rawPath));
    var rest = Segments.rest(Segments.rest(rawPath));
    var path = rest.isEmpty() ? PREDICT : rest;
    var there = "/model/" + id(rawPath) + (path.equals(PREDICT) ? "" : path);
    return Spot.at(host, host.path() + path, Optional.of(there), auth, key);
  }

  private static boolean isDeployment(String path) {
    return Segments.first(path).equals("model");
  }

  private static String id(String path) {
    return Segments.first(Segments.rest(path));
  }
}
