package io.onebalance.sandbox.script;

import io.onebalance.sandbox.answer.Ask;

/// Which requests a rule is for. An empty field matches all.
///
/// @param key the whole key
/// @param model the bare model, without `models/` or `sandbox/`
/// @param path a part of the path
public record Match(String key, String model, String path) {
  public static final Match ALL = new Match("", "", "");

  public static Match key(String key) {
    return new Match(key, "", "");
  }

  public static Match model(String model) {
    return new Match("", model, "");
  }

  public static Match path(String path) {
    return new Match("", "", path);
  }

  /// `asked` is the key of the request, which is looked for once for many rules.
  boolean covers(String asked, Ask ask) {
    return (key.isEmpty() || key.equals(asked))
        && (model.isEmpty() || model.equals(ask.model()))
        && ask.heard().path().contains(path);
  }
}
