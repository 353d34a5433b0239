package io.onebalance.provider.site;

import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.credential.AwsCredential;
import io.onebalance.provider.credential.AwsRegion;
import io.onebalance.provider.url.IllegalPath;
import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Amazon Bedrock: one host for each of its services and regions. The gateway's paths name both;
/// plain ones go to the service that knows them, in the key's region or else in `region`.
public record Bedrock(Map<String, Template> services, String region) implements Site.Several {
  /// What models are asked through.
  public static final String RUNTIME = "bedrock-runtime";

  /// The same models behind OpenAI's and Anthropic's own paths.
  public static final String MANTLE = "bedrock-mantle";

  /// The control plane: what there is. The gateway does not know it.
  public static final String CONTROL = "bedrock";

  private static final Set<String> CONTROL_PATHS =
      Set.of(
          "custom-models",
          "foundation-models",
          "guardrails",
          "imported-models",
          "inference-profiles",
          "model-invocation-job",
          "model-invocation-jobs",
          "provisioned-model-throughput",
          "provisioned-model-throughputs");

  public Bedrock {
    services = Map.copyOf(services);
  }

  @Override
  public void check(Secret key) {
    AwsCredential.read(key);
  }

  @Override
  public List<Secret> parts(Secret key) {
    return AwsCredential.read(key).secrets();
  }

  @Override
  public Optional<String> objection(String rawPath) {
    return namesService(rawPath) && !AwsRegion.isOne(Segments.first(Segments.rest(rawPath)))
        ? Optional.of("the path names no AWS region: /SERVICE/REGION/…, as us-east-1")
        : Optional.empty();
  }

  @Override
  public boolean hangsOnKey(String rawPath) {
    return !namesService(rawPath);
  }

  @Override
  public Spot spot(String rawPath, Secret key) {
    var credential = AwsCredential.read(key);
    if (namesService(rawPath)) {
      var behind = Segments.rest(rawPath);
      return spot(
          credential, Segments.first(rawPath), Segments.first(behind), Segments.rest(behind));
    }
    return spot(credential, service(rawPath), credential.region().orElse(region), rawPath);
  }

  private Spot spot(AwsCredential credential, String service, String region, String path) {
    var at = service(service, region);
    var whole = at.path() + (path.isEmpty() ? "/" : path);
    var there =
        Optional.of("/" + service + "/" + region + path).filter(_ -> !service.equals(CONTROL));
    return switch (credential) {
      case AwsCredential.ApiKey(var key, _) -> Spot.at(at, whole, there, new Auth.Bearer(), key);
      case AwsCredential.AccessKeys keys ->
          Spot.at(
              at, whole, there, new Auth.Signed(keys, region, signedAs(service)), keys.secret());
    };
  }

  private io.onebalance.provider.url.BaseUrl service(String service, String region) {
    var template = services.get(service);
    if (template == null) {
      throw new IllegalPath("no host is known for " + service);
    }
    return template.fill(region);
  }

  /// In the words of its signatures the control plane and the runtime are one service.
  private static String signedAs(String service) {
    return service.equals(MANTLE) ? MANTLE : CONTROL;
  }

  private static boolean namesService(String path) {
    var first = Segments.first(path);
    return first.equals(RUNTIME) || first.equals(MANTLE) || first.equals(CONTROL);
  }

  private static String service(String path) {
    var first = Segments.first(path);
    if (CONTROL_PATHS.contains(first)) {
      return CONTROL;
    }
    return first.equals("v1") ? MANTLE : RUNTIME;
  }
}
