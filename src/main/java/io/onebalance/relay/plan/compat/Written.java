package io.onebalance.relay.plan.compat;

import io.onebalance.dialect.json.Json;
import io.onebalance.route.Call;
import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import io.onebalance.upstream.Body;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The body of a call as the client wrote it. `bytes` are what is known of it, `found` is what they
/// say.
record Written(Body body, byte[] bytes, Found found) {
  /// The model that the body names.
  Optional<String> model() {
    return found instanceof Found.Named named ? Optional.of(named.name()) : Optional.empty();
  }

  boolean isStream() {
    return found instanceof Found.Named named && named.stream();
  }

  /// The body of a Gemini call. What counts or embeds names the model once more within, as
  /// `models/…`, and Google wants it to be the path's.
  Body naming(Call.Verb verb, String model) {
    return switch (verb) {
      case GENERATE, STREAM, STREAM_ARRAY -> naming(model);
      case COUNT_TOKENS, EMBED, EMBED_MANY ->
          body instanceof Body.Kept ? namingWithin("models/" + model) : body;
    };
  }

  private Body namingWithin(String name) {
    var read = Json.read(bytes);
    var named = read.map(tree -> rename(tree, name)).orElse(false);
    return named ? new Body.Kept(Buffer.buffer(Json.bytes(read.orElseThrow()))) : body;
  }

  /// Whether a name had to be changed.
  private static boolean rename(JsonNode tree, String name) {
    var changed = false;
    var all = new ArrayList<JsonNode>(tree.path("requests").values());
    all.add(tree);
    all.add(tree.path("generateContentRequest"));
    for (var one : all) {
      if (one instanceof ObjectNode object
          && object.has("model")
          && !object.path("model").asString("").equals(name)) {
        object.put("model", name);
        changed = true;
      }
    }
    return changed;
  }

  /// The body with the name that the provider knows the model by; all other bytes are the same.
  Body naming(String model) {
    if (!(found instanceof Found.Named named) || named.name().equals(model)) {
      return body;
    }
    var patched = Buffer.buffer(ModelFinder.replace(bytes, named, model));
    return switch (body) {
      case Body.Kept _ -> new Body.Kept(patched);
      case Body.Tunnel tunnel -> tunnel;
      case Body.Passing(_, var rest, var length) -> {
        var grown = patched.length() - bytes.length;
        yield new Body.Passing(patched, rest, length < 0 ? length : length + grown);
      }
    };
  }
}
