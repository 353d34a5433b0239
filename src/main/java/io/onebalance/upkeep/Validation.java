package io.onebalance.upkeep;

import io.onebalance.key.ApiKey;
import io.onebalance.store.keyring.Keyring;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Page;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.store.keyring.Keyring.Sort;
import io.onebalance.upkeep.Examiner.Examined;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Tests stored keys by hand, however many are selected, a few at once. Thread-safe.
public final class Validation {
  private static final int PAGE = 500;

  private final Keyring keyring;
  private final Examiner examiner;

  public Validation(Keyring keyring, Examiner examiner) {
    this.keyring = keyring;
    this.examiner = examiner;
  }

  /// Tests each selected key once and tells each result as it comes, on the calling thread; what
  /// that throws ends the round. An id that no key has is passed over. An empty model leaves the
  /// call to the catalogue.
  public void test(Selection selection, String model, Consumer<Examined> told) {
    InParallel.each(
        meant(selection).iterator(),
        key -> examiner.examine(key.provider(), key.id(), model),
        told);
  }

  private Stream<ApiKey> meant(Selection selection) {
    return switch (selection) {
      case Selection.Ids(var ids) ->
          ids.stream().distinct().map(keyring::find).flatMap(Optional::stream).map(h -> h.key());
      case Selection.Matching(var filter) ->
          Stream.iterate(
                  Optional.of(page(filter, "")), Optional::isPresent, page -> next(filter, page))
              .flatMap(page -> page.orElseThrow().keys().stream())
              .map(held -> held.key());
    };
  }

  private Optional<Page> next(Filter filter, Optional<Page> before) {
    return before.map(Page::next).filter(next -> !next.isEmpty()).map(next -> page(filter, next));
  }

  private Page page(Filter filter, String cursor) {
    return keyring.list(filter, Sort.NEWEST_FIRST, cursor, PAGE);
  }
}
