package io.onebalance.cli.line;

/// A word that begins with dashes. `brief` is its short form, and `label` names the value that must
/// follow it, as help shows it; both are empty where there is none.
public record Option(String brief, String name, String label, String description) {
  static final Option HELP = new Option("-h", "--help", "", "Show this.");

  /// Says something by being there.
  public static Option flag(String name, String description) {
    return new Option("", name, "", description);
  }

  /// Is followed by a value: `--name VALUE` or `--name=VALUE`.
  public static Option valued(String name, String label, String description) {
    return new Option("", name, label, description);
  }

  boolean isCalled(String word) {
    return word.equals(name) || word.equals(brief);
  }

  boolean isFlag() {
    return label.isEmpty();
  }
}
