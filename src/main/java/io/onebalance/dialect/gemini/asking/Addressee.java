package io.onebalance.dialect.gemini.asking;

import io.onebalance.dialect.Target;

/// Whom a request is written for.
///
/// @param reducesSchemas whether schemas go into the older fields, which know less
record Addressee(GeminiModel model, boolean vertex, boolean reducesSchemas) {
  private static final String VERTEX = "google-vertex-ai";

  static Addressee of(Target target, boolean reducesSchemas) {
    return new Addressee(
        GeminiModel.named(target.model()), target.provider().equals(VERTEX), reducesSchemas);
  }
}
