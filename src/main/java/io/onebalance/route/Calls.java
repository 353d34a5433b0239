package io.onebalance.route;

import io.onebalance.http.Percent;
import io.onebalance.route.Endpoint.Compat;
import io.onebalance.route.Endpoint.NotFound;
import io.onebalance.route.Endpoint.Reason;
import io.onebalance.route.body.Found;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The table of the calls that we understand.
final class Calls {
  private Calls() {}

  private static final Map<String, Call> POSTED =
      Map.of(
          "chat/completions", new Call.Chat(),
          "embeddings", new Call.Embeddings(),
          "responses", new Call.Responses(),
          "messages", new Call.Messages(),
          "messages/count_tokens", new Call.CountTokens());

  private static final Set<String> READ = Set.of("GET", "HEAD");

  static Endpoint parse(String method, String version, String rest, String query) {
    var posted = POSTED.get(rest);
    if (posted != null) {
      return method.equals("POST") ? new Compat(posted, query) : wrongMethod("POST");
    }
    if (rest.equals("api/hello")) {
      return READ.contains(method) ? new Compat(new Call.Hello(), query) : wrongMethod("HEAD");
    }
    if (rest.equals("models")) {
      return READ.contains(method)
          ? new Compat(new Call.Models(version), query)
          : wrongMethod("GET");
    }
    return rest.startsWith("models/")
        ? model(method, version, rest.substring("models/".length()), query)
        : noSuchCall();
  }

  /// `models/{id}` is read by GET and asked by POST, so that an id may hold a colon of its own
  /// (`llama-3:free`).
  private static Endpoint model(String method, String version, String written, String query) {
    var name = Percent.decode(written);
    if (name.isEmpty() || name.get().isEmpty() || name.get().length() > Found.LONGEST_NAME) {
      return noSuchCall();
    }
    if (READ.contains(method)) {
      return new Compat(new Call.Model(version, name.get()), query);
    }
    return method.equals("POST")
        ? gemini(name.get(), query)
            .<Endpoint>map(call -> new Compat(call, query))
            .orElseGet(Calls::noSuchCall)
        : wrongMethod("GET or POST");
  }

  private static Optional<Call> gemini(String name, String query) {
    var colon = name.lastIndexOf(':');
    for (var verb : Call.Verb.values()) {
      if (colon > 0 && name.substring(colon + 1).equals(verb.word())) {
        var inArray = verb == Call.Verb.STREAM && !Alt.isSse(query);
        return Optional.of(
            new Call.Gemini(inArray ? Call.Verb.STREAM_ARRAY : verb, name.substring(0, colon)));
      }
    }
    return Optional.empty();
  }

  private static NotFound wrongMethod(String allowed) {
    return new NotFound(Reason.WRONG_METHOD, "this path is asked with " + allowed);
  }

  private static NotFound noSuchCall() {
    return new NotFound(
        Reason.NO_SUCH_PATH, "no such call here; a provider's own API is at /api/{provider}/…");
  }
}
