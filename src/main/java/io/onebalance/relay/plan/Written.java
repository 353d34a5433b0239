package io.onebalance.relay.plan;

import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import io.onebalance.upstream.Body;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

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
