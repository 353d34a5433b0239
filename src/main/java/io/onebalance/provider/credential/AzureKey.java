package io.onebalance.provider.credential;

import io.onebalance.secret.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// A key of Azure OpenAI and the resource it belongs to, in lower case; the resource is its host.
/// It is empty where the settings say which one it is.
public record AzureKey(Secret key, Optional<String> resource) {
  private static final String ALLOWED =
      "{\"api_key\": …, \"resource\": \"my-resource\"}, or the key alone where the settings give"
          + " providers.azure-openai.base-url";
  private static final String HOST = ".openai.azure.com";

  /// Fails with [Unfit].
  public static AzureKey read(Secret key) {
    var text = key.reveal();
    if (!Parts.isObject(text)) {
      return new AzureKey(key, Optional.empty());
    }
    var parts = Parts.read(text, ALLOWED);
    var secret = parts.secret("api_key", "apiKey", "key", "api-key", "AZURE_OPENAI_API_KEY");
    return new AzureKey(secret, Optional.of(resource(parts)));
  }

  /// As [#read], of a key that must say its resource.
  public static AzureKey readWhole(Secret key) {
    var read = read(key);
    if (read.resource.isEmpty()) {
      throw new Unfit("it does not say which resource it belongs to; allowed: " + ALLOWED);
    }
    return read;
  }

  private static String resource(Parts parts) {
    var name =
        parts
            .text("resource", "resource_name", "resourceName")
            .or(() ->
                parts
                    .text("endpoint", "AZURE_OPENAI_ENDPOINT", "azure_endpoint")
                    .map(url -> ofEndpoint(url, parts)))
            .orElseThrow(() -> parts.problem("it has no resource"))
            .toLowerCase(Locale.ROOT);
    if (!Parts.isLabel(name)) {
      throw parts.problem("its resource is no name of letters, digits and dashes");
    }
    return name;
  }

  private static String ofEndpoint(String url, Parts parts) {
    try {
      var host = Optional.ofNullable(URI.create(url).getHost()).orElse("").toLowerCase(Locale.ROOT);
      if (host.endsWith(HOST)) {
        return host.substring(0, host.length() - HOST.length());
      }
    } catch (IllegalArgumentException _) {
      // told below, without the text
    }
    throw parts.problem("its endpoint is not https://RESOURCE" + HOST);
  }
}
