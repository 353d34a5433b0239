package io.onebalance.console.api;

import io.onebalance.console.web.Refusal;
import io.onebalance.store.keyring.Keyring.By;
import io.onebalance.store.keyring.Keyring.Sort;
import java.util.List;

/// The words for the order of a listing; a minus before one turns it around.
public record KeySort(String word, By by) {
  public static final List<KeySort> ALL =
      List.of(
          new KeySort("created", By.CREATED_AT),
          new KeySort("updated", By.UPDATED_AT),
          new KeySort("cooling", By.TOTAL_COOLING),
          new KeySort("latency", By.LATENCY),
          new KeySort("success", By.SUCCESS_RATE),
          new KeySort("remark", By.REMARK),
          new KeySort("key", By.TAIL));

  /// Reads a word; without one the newest come first.
  static Sort of(String text) {
    if (text.isEmpty()) {
      return Sort.NEWEST_FIRST;
    }
    var descending = text.startsWith("-");
    var word = descending ? text.substring(1) : text;
    return ALL.stream()
        .filter(sort -> sort.word().equals(word))
        .findFirst()
        .map(sort -> new Sort(sort.by(), descending))
        .orElseThrow(KeySort::unknown);
  }

  private static Refusal unknown() {
    var words = ALL.stream().map(KeySort::word).toList();
    return Refusal.invalid(
        "'sort' must be one of: %s; with a minus before it for the other way around"
            .formatted(String.join(", ", words)));
  }
}
