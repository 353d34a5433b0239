package io.onebalance.chat.asked;

import java.util.List;

/// The tools of a request. `parallel` is false where the client takes one call at a time only.
public record Tools(List<Tool> all, ToolChoice choice, boolean parallel) {
  public static final Tools NONE = new Tools(List.of(), new ToolChoice.Unsaid(), true);

  public Tools {
    all = List.copyOf(all);
  }
}
