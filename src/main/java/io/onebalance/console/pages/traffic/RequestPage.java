package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.keys.KeyPage.Fact;
import java.util.List;

/// One request's way: what is known of it, and each asking of a key on one rail of time.
public record RequestPage(
    Shell shell, RequestsPage.End end, List<Fact> facts, List<Step> steps, long total) {
  public RequestPage {
    facts = List.copyOf(facts);
    steps = List.copyOf(steps);
  }

  /// One asking: of whom, what came of it, and where on the rail it stands, in milliseconds.
  public record Step(String provider, Key key, Badge badge, long after, long took) {}

  public record Key(String href, String name) {}

  public record Badge(String tone, String verdict) {}
}
