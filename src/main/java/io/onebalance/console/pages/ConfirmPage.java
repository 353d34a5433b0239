package io.onebalance.console.pages;

import io.onebalance.console.web.Params.Param;
import java.util.List;
import java.util.Optional;

/// A question before something that cannot be taken back. `target` is where the form goes, `back`
/// the way out.
public record ConfirmPage(
    Shell shell, String question, String target, Sent sent, String back, Optional<Whole> whole) {
  /// A whole list that the form is about: a browser may go through it a portion at a time.
  public record Whole(String provider, String status, String text, long total) {}

  /// What the button says, and what it sends as `action`.
  public record Button(String label, String action, boolean danger) {}

  /// What the form sends: its button, more fields, and the gateway key where it has to be shown
  /// again.
  public record Sent(Button button, List<Param> fields, boolean gatewayKey) {
    public Sent {
      fields = List.copyOf(fields);
    }
  }

  public ConfirmPage(Shell shell, String question, String target, Button button, String back) {
    this(shell, question, target, new Sent(button, List.of(), false), back);
  }

  public ConfirmPage(Shell shell, String question, String target, Sent sent, String back) {
    this(shell, question, target, sent, back, Optional.empty());
  }

  public Button button() {
    return sent.button();
  }

  public List<Param> fields() {
    return sent.fields();
  }
}
