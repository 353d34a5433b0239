package io.onebalance.relay.translate;

/// What a translated request may go without, where its provider refuses it for that. It is then
/// asked once more, more modestly.
public enum Concession {
  /// The seals of earlier answers, and the thoughts that make no sense without them.
  SEALS("signatures"),
  /// What only newer fields can say in JSON schemas.
  SCHEMAS("schemas");

  private final String told;

  Concession(String told) {
    this.told = told;
  }

  /// What the client is told to be missing.
  String told() {
    return told;
  }
}
