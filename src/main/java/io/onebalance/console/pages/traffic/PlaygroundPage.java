package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.Shell;
import java.util.List;

/// A chat to try. `origin` is where the same is asked from a shell; `models` are offered.
public record PlaygroundPage(Shell shell, String origin, List<String> models) {
  public PlaygroundPage {
    models = List.copyOf(models);
  }
}
