package io.onebalance.dialect.gemini.request;

import io.onebalance.dialect.Target;

/// Whom a request is written for.
///
/// @param reducesSchemas whether schemas go into the older fields, which know less
/// @param distrustsSignatures whether signatures are left out, since one was refused
record Addressee(
    GeminiModel model, boolean vertex, boolean reducesSchemas, boolean distrustsSignatures) {
  private static final String VERTEX = "google-vertex-ai";

  static Addressee of(Target target, boolean reducesSchemas, boolean distrustsSignatures) {
    return new Addressee(
        GeminiModel.named(target.model()),
        target.provider().equals(VERTEX),
        reducesSchemas,
        distrustsSignatures);
  }
}
