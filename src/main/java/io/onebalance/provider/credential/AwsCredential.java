package io.onebalance.provider.credential;

import io.onebalance.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What opens Amazon Bedrock: access keys that sign each request, or a Bedrock API key that goes
/// along. `region` is where requests go that name none.
public sealed interface AwsCredential {
  String ALLOWED =
      "a Bedrock API key, or {\"access_key_id\": …, \"secret_access_key\": …} with an optional"
          + " session_token and region, or {\"api_key\": …, \"region\": …}";

  Optional<String> region();

  /// The parts that must never be seen.
  List<Secret> secrets();

  /// Keys of IAM or, with a session token, of STS.
  record AccessKeys(
      String id, Secret secret, Optional<Secret> sessionToken, Optional<String> region)
      implements AwsCredential {
    @Override
    public List<Secret> secrets() {
      return sessionToken.map(token -> List.of(secret, token)).orElse(List.of(secret));
    }
  }

  /// A long-lived or short-lived API key of Bedrock itself.
  record ApiKey(Secret key, Optional<String> region) implements AwsCredential {
    @Override
    public List<Secret> secrets() {
      return List.of(key);
    }
  }

  /// Fails with [Unfit].
  static AwsCredential read(Secret key) {
    var text = key.reveal();
    if (!Parts.isObject(text)) {
      return plain(key);
    }
    var parts = Parts.read(text, ALLOWED);
    var region = parts.text("region", "aws_region", "AWS_REGION", "Region");
    region
        .filter(name -> !AwsRegion.isOne(name))
        .ifPresent(_ -> {
          throw parts.problem("its region is no AWS region such as us-east-1");
        });
    var api = parts.secretIfAny("api_key", "apiKey", "AWS_BEARER_TOKEN_BEDROCK");
    return api.isPresent() ? new ApiKey(api.get(), region) : Spelled.keys(parts, region);
  }

  private static AwsCredential plain(Secret key) {
    if (Spelled.ID.matcher(key.reveal()).matches()) {
      throw new Unfit("it is an access key id without its secret; allowed: " + ALLOWED);
    }
    return new ApiKey(key, Optional.empty());
  }

  /// How access keys are written: as here, as in AWS' credentials file and environment, as its CLI
  /// prints them.
  final class Spelled {
    private static final Pattern ID = Pattern.compile("A[A-Z0-9]{15,127}");

    private Spelled() {}

    private static AccessKeys keys(Parts parts, Optional<String> region) {
      var id =
          parts.needed(
              "access_key_id",
              "aws_access_key_id",
              "accessKeyId",
              "AccessKeyId",
              "AWS_ACCESS_KEY_ID");
      if (!ID.matcher(id).matches()) {
        throw parts.problem("its access_key_id is none: those are capitals and digits, AKIA…");
      }
      var secret =
          parts.secret(
              "secret_access_key",
              "aws_secret_access_key",
              "secretAccessKey",
              "SecretAccessKey",
              "AWS_SECRET_ACCESS_KEY");
      var token =
          parts.secretIfAny(
              "session_token",
              "aws_session_token",
              "sessionToken",
              "SessionToken",
              "AWS_SESSION_TOKEN");
      return new AccessKeys(id, secret, token, region);
    }
  }
}
