package io.onebalance.route;

import java.util.Set;

/// Where in our address space a path lies. The calls that we understand are mounted at
/// `/api/compat`, with or without a version, and with one at the root, so that
/// `OPENAI_BASE_URL=http://host/v1` just works.
sealed interface Mount {
  /// Beneath a mount of the compatible calls. `version` is empty where none was written; `rest` has
  /// no leading slash.
  record Calls(String version, String rest) implements Mount {}

  /// Beneath `/api/`, where the first segment names a provider.
  record Provider(String slug) implements Mount {}

  /// Neither.
  record Nowhere() implements Mount {}

  String PROVIDERS = "/api/";
  String COMPAT = "/api/compat";
  Set<String> VERSIONS = Set.of("v1", "v1beta", "v1alpha");
  Set<String> ROOT_VERSIONS = Set.of("v1", "v1beta");

  static Mount of(String method, String path) {
    if (path.equals("/api/hello") && method.equals("HEAD")) {
      // Claude Code asks this of whatever ANTHROPIC_BASE_URL names, so also of our root.
      return new Calls("", "api/hello");
    }
    if (path.equals(COMPAT) || path.startsWith(COMPAT + "/")) {
      return versioned(path.substring(Math.min(path.length(), COMPAT.length() + 1)), VERSIONS);
    }
    if (path.startsWith(PROVIDERS)) {
      return provider(path);
    }
    return versioned(path.substring(1), ROOT_VERSIONS) instanceof Calls calls
            && !calls.version().isEmpty()
        ? calls
        : new Nowhere();
  }

  private static Mount versioned(String path, Set<String> versions) {
    var slash = path.indexOf('/');
    return slash > 0 && versions.contains(path.substring(0, slash))
        ? new Calls(path.substring(0, slash), path.substring(slash + 1))
        : new Calls("", path);
  }

  private static Mount provider(String path) {
    var slash = path.indexOf('/', PROVIDERS.length());
    return new Provider(path.substring(PROVIDERS.length(), slash < 0 ? path.length() : slash));
  }
}
