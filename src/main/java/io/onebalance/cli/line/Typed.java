package io.onebalance.cli.line;

import java.util.Optional;

/// What a command line means. Where no verb was typed, `verb` is empty.
public sealed interface Typed {
  record Asked(Optional<Usage> verb, Given given) implements Typed {}

  /// Help is wanted, for the verb or for all.
  record Help(Optional<Usage> verb) implements Typed {}

  record NoVerb(String word) implements Typed {}

  /// It cannot be understood.
  record Wrong(Optional<Usage> verb, String why) implements Typed {}
}
