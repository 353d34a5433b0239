package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.credential.CloudflareToken;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Optional;

/// Workers AI: an account's, which the credential names or else `account`, from the settings.
public record WorkersAi(Template base, Optional<String> account) implements Site.Several {
  private static final Auth BEARER = new Auth.Bearer();

  @Override
  public void check(Secret key) {
    token(key);
  }

  @Override
  public List<Secret> parts(Secret key) {
    return List.of(token(key).token());
  }

  /// `/@cf/…` is what is run; `/ai` may stand before it all, as in Cloudflare's own paths.
  @Override
  public String ownPath(String rawPath) {
    var path = Joining.begins(rawPath, "/ai") ? rawPath.substring("/ai".length()) : rawPath;
    return path.startsWith("/@") ? "/run" + path : path;
  }

  @Override
  public Spot spot(String rawPath, Secret key) {
    var own = ownPath(rawPath);
    var token = token(key);
    var at = base.fill(token.account().orElse(""));
    return Spot.at(at, at.path() + own, atGateway(own), BEARER, token.token());
  }

  private CloudflareToken token(Secret key) {
    var token = CloudflareToken.read(key);
    return base.isFixed() ? token : token.in(account);
  }

  /// The gateway knows models and the OpenAI-like part.
  private static Optional<String> atGateway(String own) {
    if (own.startsWith("/run/@")) {
      return Optional.of(own.substring("/run".length()));
    }
    return Optional.of(own).filter(path -> Joining.begins(path, "/v1"));
  }
}
