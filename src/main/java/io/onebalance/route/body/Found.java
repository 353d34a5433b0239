package io.onebalance.route.body;

/// What a body says of the model.
public sealed interface Found {
  /// The longest model name that we accept, in bytes as written: names become keys of maps.
  int LONGEST_NAME = 512;

  /// It names one model. `name` is as written, decoded, never empty; `at` is where it stands
  /// (without quotes), `notation` how it is written there.
  record Named(String name, Span at, Notation notation, boolean stream) implements Found {}

  /// It was read and names no model, or names it by something that is no text.
  record Nameless(boolean stream) implements Found {}

  /// It can't be read as anything that names a model: audio, broken JSON, an unknown type. Such a
  /// body passes unchanged wherever no field of it is needed.
  record Foreign() implements Found {}

  /// It must be answered with 400, wherever it goes: read by another program it could name another
  /// model, or it is made to hurt. `why` is safe to show.
  record Refused(String why) implements Found {}
}
