package io.onebalance.sandbox.answer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// A request as a pretender understands it.
///
/// @param body its JSON, missing when it is none
/// @param named the model as the client wrote it, for the echo in the answer; empty when it names
///   none
public record Ask(Heard heard, Place place, JsonNode body, String named, Props props) {
  /// @param stored what was made with keys before: files, batches, stored answers
  public record Props(Stored stored, int tokensPerPiece) {}

  public static Ask of(Heard heard, Place place, Props props) {
    var json = heard.header("content-type", "").contains("json");
    var body = json ? Json.read(heard.body()) : Json.MISSING;
    return new Ask(heard, place, body, named(heard, place, body), props);
  }

  public String path() {
    return place.path();
  }

  public Instant now() {
    return heard.at();
  }

  public boolean isPost() {
    return heard.method().equals("POST");
  }

  /// The bare model: without `models/` and `sandbox/`; empty when the request names none.
  public String model() {
    return bare(named);
  }

  private static String named(Heard heard, Place place, JsonNode body) {
    var path = place.path();
    if (path.startsWith("/models/")) {
      var method = path.lastIndexOf(':');
      return decoded(path.substring("/models/".length(), method < 0 ? path.length() : method));
    }
    if (path.equals("/realtime")) {
      return query(heard, "model");
    }
    return body.isObject() ? body.path("model").asString("") : Multipart.field(heard, "model");
  }

  public Stored stored() {
    return props.stored();
  }

  public int tokensPerPiece() {
    return props.tokensPerPiece();
  }

  /// What follows the last `:` of the path, as in `:generateContent`; or nothing.
  public String method() {
    var method = path().lastIndexOf(':');
    return method < 0 ? "" : path().substring(method + 1);
  }

  public String key() {
    return Credentials.in(this).key();
  }

  public boolean streams() {
    return body.path("stream").asBoolean(false);
  }

  /// The first query parameter of this name, decoded; or nothing.
  public String query(String name) {
    return query(heard, name);
  }

  private static String query(Heard heard, String name) {
    for (var pair : heard.query().split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return decoded(pair.substring(name.length() + 1));
      }
    }
    return "";
  }

  /// Whether a model has to work for it, so that it counts against a quota.
  public boolean spends() {
    return isPost()
        && !model().isEmpty()
        && !method().equals("countTokens")
        && !path().endsWith("/count_tokens");
  }

  /// How many tokens it brings along.
  public long tokens() {
    return Prompt.of(body).tokens();
  }

  /// A name that differs between requests and is the same in every run.
  public String id(String prefix) {
    return prefix + "sandbox%08d".formatted(heard.number());
  }

  /// What a model would say.
  public Completion completion(long mostTokens) {
    return Completion.to(Prompt.of(body), model(), mostTokens);
  }

  private static String bare(String model) {
    var start = Math.max(model.startsWith("models/") ? 7 : 0, model.startsWith("sandbox/") ? 8 : 0);
    return model.substring(start);
  }

  /// What cannot be decoded stays as it is.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
