package io.onebalance.route.resource;

import io.onebalance.route.body.JsonTokens;
import io.onebalance.route.body.JsonTokens.Kind;
import java.util.Map;
import java.util.Set;

/// Finds the ids that an answer gives to what it made: `id` of the answer itself, of the members
/// that wrap one (`response`, `file` …) and of a listing's entries, a batch's output files,
/// Google's `name`, and the `request_id` of a queue.
///
/// It believes only those places. Answers echo what callers wrote (metadata, display names), and
/// who could plant an id there could lead another's requests to the wrong key.
final class Makings {
  /// Members that wrap a resource, and its collection.
  private static final Map<String, String> WRAPPERS =
      Map.of(
          "response", "responses",
          "file", "files",
          "container", "containers",
          "conversation", "conversations",
          "upload", "uploads");

  private static final Set<String> LISTS =
      Set.of("data", "files", "cachedContents", "batches", "operations", "fileSearchStores");

  /// Where Google's `name` is the resource's own; elsewhere a name is what somebody chose.
  private static final Set<String> NAMED =
      Set.of(
          "files",
          "cachedContents",
          "batches",
          "tunedModels",
          "fileSearchStores",
          "corpora",
          "operations",
          "models");

  private static final String NONE = "";

  private final JsonTokens tokens;
  private final Set<String> found;
  private final boolean believesNames;

  /// The collection that an `id` is of, by its depth: the answer, what it wraps, a list's entry.
  private final String own;

  /// The member that tells an id.
  private final String idName;

  private String wrapped = NONE;
  private String listed = NONE;

  Makings(JsonTokens tokens, String path, Set<String> found) {
    this.tokens = tokens;
    this.found = found;
    var last = ResourcePath.last(path);
    var members = ResourcePath.in(path);
    own =
        QueueAnswer.isBelow(path)
            ? QueueAnswer.REQUESTS
            : ResourcePath.knows(last)
                ? last
                : members.isEmpty() ? NONE : collection(members.getLast());
    idName = own.equals(QueueAnswer.REQUESTS) ? "request_id" : "id";
    believesNames = NAMED.contains(own) || path.contains("/models/");
  }

  private static String collection(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  void read() {
    for (var kind = tokens.next(); ; kind = tokens.next()) {
      if (kind == Kind.NAME) {
        kind = member(tokens.depth());
      }
      if (kind == Kind.END || kind == Kind.BROKEN || kind == Kind.EXCESSIVE) {
        return;
      }
    }
  }

  private Kind member(int depth) {
    var collection = depth == 1 ? own : depth == 2 ? wrapped : depth == 3 ? listed : NONE;
    if (!collection.isEmpty() && tokens.is(idName)) {
      return id(collection);
    }
    if (believesNames && tokens.is("name") && (depth == 1 || !collection.isEmpty())) {
      return name();
    }
    if (depth == 2 && wrapped.equals("responses") && tokens.is("responsesFile")) {
      return name();
    }
    return depth == 1 ? topMember() : Kind.NAME;
  }

  private Kind topMember() {
    if (own.equals("batches") && (tokens.is("output_file_id") || tokens.is("error_file_id"))) {
      return id("files");
    }
    var name = tokens.text().orElse("");
    wrapped = WRAPPERS.getOrDefault(name, NONE);
    listed = LISTS.contains(name) ? own : NONE;
    return Kind.NAME;
  }

  private Kind id(String collection) {
    var kind = tokens.next();
    if (kind == Kind.STRING && found.size() < References.MOST) {
      tokens.text().filter(ResourcePath::isId).ifPresent(id -> found.add(collection + "/" + id));
    }
    return kind;
  }

  private Kind name() {
    var kind = tokens.next();
    if (kind == Kind.STRING && found.size() < References.MOST) {
      found.addAll(ResourcePath.in(tokens.text().orElse("")));
    }
    return kind;
  }
}
