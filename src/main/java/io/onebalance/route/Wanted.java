package io.onebalance.route;

import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import io.onebalance.route.body.ModelName;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a request to a provider's own API wants. The provider is the path's, whatever the body says
/// (D17).
public sealed interface Wanted {
  /// `model` is what the call is about: the path's, else the body's, else the query's; normalised,
  /// empty for none. A caller who is allowed only some models must be allowed all that are `named`,
  /// because each provider has its own mind which of them it takes.
  record Model(String model, Set<String> named, boolean stream) implements Wanted {
    public Model {
      named = Set.copyOf(named);
    }
  }

  /// To be answered with 400. `why` is safe to show.
  record Refused(String why) implements Wanted {}

  /// Reads path (in the provider's own form), query and body; the body may be empty.
  static Wanted of(String path, String query, @Nullable String contentType, byte[] body) {
    var inBody = ModelFinder.find(contentType, body);
    var inQuery = ModelFinder.inQuery(query);
    if (inBody instanceof Found.Refused(var why)) {
      return new Refused(why);
    }
    if (inQuery instanceof Found.Refused(var why)) {
      return new Refused(why);
    }
    var inPath = ModelPath.model(path);
    if (inPath.length() > Found.LONGEST_NAME) {
      return new Refused("the model's name is longer than " + Found.LONGEST_NAME + " characters");
    }
    var names = List.of(inPath, name(inBody), name(inQuery));
    return new Model(first(names), named(names), streams(path, query) || streams(inBody));
  }

  private static String first(List<String> names) {
    for (var name : names) {
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "";
  }

  /// Nearly every request names one model, in one place.
  private static Set<String> named(List<String> names) {
    if (Collections.frequency(names, "") == names.size() - 1) {
      return Set.of(first(names));
    }
    var named = new HashSet<>(names);
    named.remove("");
    return named;
  }

  private static String name(Found found) {
    return found instanceof Found.Named named ? ModelName.normal(named.name()) : "";
  }

  private static boolean streams(Found found) {
    return switch (found) {
      case Found.Named named -> named.stream();
      case Found.Nameless(var stream) -> stream;
      case Found.Foreign _, Found.Refused _ -> false;
    };
  }

  /// `alt=sse`, `:streamGenerateContent`, `:streamRawPredict`, `converse-stream` and their like.
  private static boolean streams(String path, String query) {
    return Alt.isSse(query)
        || path.endsWith("-stream")
        || ModelPath.verb(path).filter(verb -> verb.startsWith("stream")).isPresent();
  }
}
