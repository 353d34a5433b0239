package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.util.Optional;
import java.util.Set;

/// Hugging Face: its router, and below `/huggingface.co/…` the hub. A path of an organisation and a
/// model alone is the gateway's form of a model of theirs; the gateway knows no other.
public record HuggingFace(BaseUrl base, BaseUrl hub, Auth auth) implements Site.Several {
  private static final String MODELS = "/hf-inference/models";
  private static final Set<String> OWN = Set.of("v1", "hf-inference", "huggingface.co");

  @Override
  public String ownPath(String rawPath) {
    return isModelAlone(rawPath) ? MODELS + rawPath : rawPath;
  }

  @Override
  public Spot spot(String rawPath, Secret key) {
    var own = ownPath(rawPath);
    if (Segments.first(own).equals("huggingface.co")) {
      return Spot.at(hub, hub.path() + Segments.rest(own), Optional.empty(), auth, key);
    }
    var model = Optional.of(own).filter(path -> Joining.begins(path, MODELS));
    var there = model.map(path -> path.substring(MODELS.length()));
    return Spot.at(base, base.path() + own, there, auth, key);
  }

  private static boolean isModelAlone(String path) {
    var rest = Segments.rest(path);
    return rest.length() > 1 && rest.indexOf('/', 1) < 0 && !OWN.contains(Segments.first(path));
  }
}
