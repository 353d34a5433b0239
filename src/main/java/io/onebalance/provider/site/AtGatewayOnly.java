package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.secret.Secret;
import java.util.Optional;

/// A custom provider whose base URL only the gateway knows.
public record AtGatewayOnly(Auth auth) implements Site.Several {
  @Override
  public Spot spot(String rawPath, Secret key) {
    var there = Optional.of(new Spot.AtGateway(rawPath, Optional.empty()));
    return new Spot(Optional.empty(), rawPath, there, auth, key);
  }
}
