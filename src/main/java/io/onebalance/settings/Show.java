package io.onebalance.settings;

import io.onebalance.settings.file.Tree;

/// Shows what the operator wrote, in a message of one line.
public final class Show {
  private static final int LONGEST = 60;

  private Show() {}

  public static String tree(Tree tree) {
    return switch (tree) {
      case Tree.Leaf(var text, _) -> "'" + text(text) + "'";
      case Tree.Row(var items, _) when items.stream().allMatch(Tree.Leaf.class::isInstance) ->
          text(tree.plain().toString());
      case Tree.Row _ -> "a list";
      case Tree.Branch _ -> "a map";
    };
  }

  /// Without control characters, and cut where it is long.
  public static String text(String text) {
    var plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
