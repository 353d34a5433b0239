package io.onebalance.console.pages;

/// A question before something that cannot be taken back. `target` is where the form goes, `action`
/// what it asks for, `back` the way out.
public record ConfirmPage(Shell shell, String question, String target, Button button, String back) {
  /// What the button says, and what it sends as `action`.
  public record Button(String label, String action, boolean danger) {}
}
