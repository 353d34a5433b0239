package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.Shell;
import io.onebalance.console.pages.keys.view.KeyPage.Fact;
import java.util.List;

/// One request's way: what is known of it, and each asking of a key on one rail of time.
public record RequestPage(
    Shell shell, RequestsPage.End end, List<Fact> facts, Way way, List<Reason> why) {
  public RequestPage {
    facts = List.copyOf(facts);
    why = List.copyOf(why);
  }

  /// The askings in their order, and how long the rail of time is, in milliseconds.
  public record Way(List<Step> steps, long total) {
    public Way {
      steps = List.copyOf(steps);
    }
  }

  /// Why a key was chosen: in words, what keys there were, and what kept some others.
  public record Reason(Key key, String because, String pool, List<Other> others) {
    public Reason {
      others = List.copyOf(others);
    }
  }

  public record Other(Key key, String because) {}

  /// One asking: of whom, what came of it, and where on the rail it stands, in milliseconds.
  public record Step(String provider, Key key, Badge badge, long after, long took) {}

  public record Key(String href, String name) {}

  public record Badge(String tone, String verdict) {}
}
