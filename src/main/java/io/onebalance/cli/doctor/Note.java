package io.onebalance.cli.doctor;

/// What was found of one thing. Holds no secret.
public sealed interface Note {
  /// All is well with it.
  record Well(String what) implements Note {}

  /// It works, but somebody should know.
  record Advice(String what, String advice) implements Note {}

  /// It does not work, and this mends it.
  record Ill(String what, String fix) implements Note {}

  /// For people, on one line or two.
  default String told() {
    return switch (this) {
      case Well(var what) -> "ok    " + what;
      case Advice(var what, var advice) -> "note  " + what + "\n      " + advice;
      case Ill(var what, var fix) -> "FAIL  " + what + "\n      fix: " + fix;
    };
  }
}
