package io.onebalance.console.api;

import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Held;
import io.onebalance.store.keyring.Keyring.Page;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.store.keyring.Keyring.Sort;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keys that were selected, a portion at a time, oldest first: so many may be meant that one answer
/// or one transaction for all of them would keep others waiting. What is done to a portion may take
/// its keys out of the selection; none is left out by that, and none comes twice.
public record Portions(Keyring keyring) {
  private static final int PORTION = 1000;
  private static final Sort OLDEST_FIRST = new Sort(Keyring.By.CREATED_AT, false);

  public void each(Selection selection, Consumer<List<Held>> work) {
    switch (selection) {
      case Selection.Ids(var ids) -> named(ids.stream().distinct().toList(), work);
      case Selection.Matching(var filter) -> {
        var page = page(filter, "");
        work.accept(page.keys());
        while (!page.next().isEmpty()) {
          page = page(filter, page.next());
          work.accept(page.keys());
        }
      }
    }
  }

  /// The ids alone, which costs little.
  public void ids(Selection selection, Consumer<List<String>> work) {
    switch (selection) {
      case Selection.Ids(var ids) -> parts(ids.stream().distinct().toList(), work);
      case Selection.Matching(var filter) -> {
        var cursor = "";
        do {
          var page = keyring.ids(filter, OLDEST_FIRST, cursor, PORTION);
          work.accept(page.ids());
          cursor = page.next();
        } while (!cursor.isEmpty());
      }
    }
  }

  /// How many keys are meant.
  public long count(Selection selection) {
    return switch (selection) {
      case Selection.Ids(var ids) -> ids.stream().distinct().count();
      case Selection.Matching(var filter) -> keyring.list(filter, OLDEST_FIRST, "", 1).total();
    };
  }

  private void named(List<String> ids, Consumer<List<Held>> work) {
    parts(
        ids,
        part -> work.accept(part.stream().map(keyring::find).flatMap(Optional::stream).toList()));
  }

  /// At least one, so that there is something to tell of none as well.
  private static void parts(List<String> ids, Consumer<List<String>> work) {
    for (var from = 0; from == 0 || from < ids.size(); from += PORTION) {
      work.accept(ids.subList(from, Math.min(ids.size(), from + PORTION)));
    }
  }

  private Page page(Filter filter, String cursor) {
    return keyring.list(filter, OLDEST_FIRST, cursor, PORTION);
  }
}
