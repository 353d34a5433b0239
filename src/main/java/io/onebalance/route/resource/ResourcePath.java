package io.onebalance.route.resource;

import io.onebalance.http.Percent;
import io.onebalance.http.SegmentNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The collections whose members belong to the key that made them, and how a member is named in a
/// path. Everywhere here a resource's name is `collection/id` (`files/abc`, `responses/resp_1`),
/// one form for all the ways in which providers write it.
final class ResourcePath {
  private ResourcePath() {}

  static final int LONGEST_ID = 512;

  private static final SegmentNames KNOWN =
      SegmentNames.of(
          "assistants",
          "batches",
          "cachedContents",
          "calls",
          "client_secrets",
          "containers",
          "conversations",
          "corpora",
          "evals",
          "fileSearchStores",
          "files",
          "interactions",
          "jobs",
          "operations",
          "predictions",
          QueueAnswer.REQUESTS,
          "responses",
          "sessions",
          "skills",
          "threads",
          "tunedModels",
          "uploads",
          "vector_stores",
          "videos");

  /// Segments that stand where an id would, and are calls.
  private static final Set<String> CALLS =
      Set.of("input_tokens", "compact", "runs", "register", "edits", "extensions", "characters");

  static boolean knows(String collection) {
    return KNOWN.contains(collection);
  }

  /// The resources that a path goes through, the outermost first.
  static List<String> in(String path) {
    var names = new ArrayList<String>(0);
    var from = 0;
    for (var to = path.indexOf('/'); to >= 0; to = path.indexOf('/', from)) {
      var end = to;
      if (KNOWN.contains(path, from, to)) {
        var next = path.indexOf('/', to + 1);
        var id = id(path.substring(to + 1, next < 0 ? path.length() : next));
        if (isId(id) && !CALLS.contains(id)) {
          names.add(path.substring(from, to) + "/" + id);
          end = next < 0 ? path.length() : next;
        }
      }
      from = end + 1;
    }
    return names;
  }

  /// Whether a path ends in a collection itself, or asks something of it (`files:register`).
  static boolean endsIn(String path) {
    return KNOWN.contains(last(path));
  }

  /// The collection at the end of a path.
  static String last(String path) {
    var segment = path.substring(path.lastIndexOf('/') + 1);
    var colon = segment.indexOf(':');
    return colon < 0 ? segment : segment.substring(0, colon);
  }

  static boolean isId(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST_ID
        && id.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '/');
  }

  /// A segment without what is asked of it: `abc:cancel` is about `abc`.
  private static String id(String segment) {
    var decoded = Percent.decode(segment).orElse("");
    var colon = decoded.lastIndexOf(':');
    return colon > 0 ? decoded.substring(0, colon) : decoded;
  }
}
