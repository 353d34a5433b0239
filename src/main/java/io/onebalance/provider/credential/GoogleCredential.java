package io.onebalance.provider.credential;

import io.onebalance.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What opens Vertex AI: a service account, for which access tokens are exchanged, or an API key of
/// express mode.
public sealed interface GoogleCredential {
  String ALLOWED =
      "a service account's JSON (or its base64) with an optional region, or an API key (AIza…)";

  /// The parts that must never be seen.
  List<Secret> secrets();

  /// `whole` is the credential as it is stored, by which its tokens are remembered.
  record ServiceAccount(
      Secret whole,
      String email,
      String keyId,
      PrivateKey key,
      String project,
      Optional<String> region)
      implements GoogleCredential {
    @Override
    public List<Secret> secrets() {
      return List.of(whole, key.pem());
    }
  }

  record ApiKey(Secret key) implements GoogleCredential {
    @Override
    public List<Secret> secrets() {
      return List.of(key);
    }
  }

  /// Fails with [Unfit].
  static GoogleCredential read(Secret key) {
    var text = key.reveal();
    var json = Parts.isObject(text) ? Optional.of(text) : Written.inBase64(text);
    if (json.isPresent()) {
      return Written.account(key, Parts.read(json.get(), ALLOWED));
    }
    if (text.startsWith("ya29.")) {
      throw new Unfit("an access token ends within the hour; allowed: " + ALLOWED);
    }
    return new ApiKey(key);
  }

  /// How service accounts are written.
  final class Written {
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9.:-]{1,100}");
    private static final Set<String> TOKEN_URLS =
        Set.of(
            "https://oauth2.googleapis.com/token",
            "https://accounts.google.com/o/oauth2/token",
            "https://www.googleapis.com/oauth2/v4/token");

    private Written() {}

    /// The JSON within a base64 text, if it is one.
    static Optional<String> inBase64(String text) {
      if (!text.startsWith("e")) {
        return Optional.empty();
      }
      try {
        var decoder =
            text.indexOf('-') < 0 && text.indexOf('_') < 0
                ? Base64.getDecoder()
                : Base64.getUrlDecoder();
        var decoded = new String(decoder.decode(text), StandardCharsets.UTF_8).strip();
        return Parts.isObject(decoded) ? Optional.of(decoded) : Optional.empty();
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    /// The URL for tokens that a key names is checked, but never asked: that one is configured.
    private static ServiceAccount account(Secret whole, Parts parts) {
      if (parts.text("type").filter(type -> !type.equals("service_account")).isPresent()) {
        throw parts.problem("its type is not service_account");
      }
      if (parts.text("token_uri").filter(url -> !TOKEN_URLS.contains(url)).isPresent()) {
        throw parts.problem("its token_uri is not https://oauth2.googleapis.com/token");
      }
      var project = parts.needed("project_id", "projectId");
      if (!PROJECT.matcher(project).matches()) {
        throw parts.problem("its project_id is none");
      }
      var region = parts.text("region", "location");
      region
          .filter(name -> !GoogleLocation.isOne(name))
          .ifPresent(_ -> {
            throw parts.problem("its region is no location such as us-central1 or global");
          });
      return new ServiceAccount(
          whole,
          parts.needed("client_email"),
          parts.text("private_key_id").orElse(""),
          PrivateKey.read(parts),
          project,
          region);
    }
  }
}
