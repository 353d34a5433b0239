package io.onebalance.provider.credential;

import io.onebalance.secret.Secret;

/// What a key belongs to by its own words, empty for most: an Azure resource, a Google project. A
/// request that names one goes to keys of it.
public final class Scope {
  private Scope() {}

  public static String of(Secret key) {
    var text = key.reveal();
    if (Parts.isObject(text)) {
      return within(text);
    }
    return GoogleCredential.Written.inBase64(text).map(Scope::within).orElse("");
  }

  private static String within(String json) {
    try {
      if (json.contains("\"project_id\"")) {
        return Parts.read(json, "").text("project_id").orElse("");
      }
      return AzureKey.read(new Secret(json)).resource().orElse("");
    } catch (Unfit _) {
      return "";
    }
  }
}
