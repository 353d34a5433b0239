package io.onebalance.console.pages;

import java.util.List;

/// One key: its state, its rests by model, and what may be changed.
public record KeyPage(Shell shell, String provider, KeyRow row, Edit edit, Details details) {
  /// What the form begins with.
  public record Edit(String remark, String account, int weight) {}

  /// A fact by its name.
  public record Fact(String name, String value) {}

  /// A running rest: of a model, how long still, how long in all, and why.
  public record Resting(String model, String left, String total, String why) {}

  public record Details(List<Fact> facts, List<Resting> coolings) {
    public Details {
      facts = List.copyOf(facts);
      coolings = List.copyOf(coolings);
    }
  }

  public List<Fact> facts() {
    return details.facts();
  }

  public List<Resting> coolings() {
    return details.coolings();
  }

  public boolean blocked() {
    return row.badge().tone().equals("blocked");
  }

  public String listHref() {
    return KeysView.path(provider);
  }
}
