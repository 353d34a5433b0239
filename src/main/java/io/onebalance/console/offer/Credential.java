package io.onebalance.console.offer;

import io.onebalance.console.json.Json;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A provider key as somebody gave it: worth offering to the store, or not and why. A JSON object
/// must be a known kind of credential (service account, AWS, Azure, Cloudflare) and is one key as a
/// whole; whether it fits its provider is the catalogue's to say, whether it can be stored the
/// store's.
sealed interface Credential {
  /// Field names that only credentials have, never our own requests.
  Set<String> MARKS =
      Set.of(
          "private_key",
          "refresh_token",
          "client_secret",
          "aws_access_key_id",
          "access_key_id",
          "accessKeyId",
          "AccessKeyId",
          "secretAccessKey",
          "AWS_ACCESS_KEY_ID",
          "api_key",
          "apiKey",
          "api-key",
          "api_token",
          "apiToken",
          "AWS_BEARER_TOKEN_BEDROCK",
          "AZURE_OPENAI_API_KEY",
          "CLOUDFLARE_API_TOKEN");

  record Fit(String key) implements Credential {}

  record Unfit(String why) implements Credential {}

  static Credential of(String text) {
    var given = text.strip();
    return given.startsWith("{") ? json(given) : new Fit(given);
  }

  /// Whether a JSON object is a credential rather than a record of ours.
  static boolean looksLikeOne(JsonNode node) {
    return node.isObject() && node.propertyNames().stream().anyMatch(MARKS::contains);
  }

  static Credential of(JsonNode object) {
    return looksLikeOne(object)
        ? new Fit(object.toString())
        : new Unfit("a JSON object that is no known kind of credential");
  }

  private static Credential json(String text) {
    try {
      return of(Json.MAPPER.readTree(text));
    } catch (JacksonException _) {
      return new Unfit("begins like JSON but is not valid JSON");
    }
  }
}
