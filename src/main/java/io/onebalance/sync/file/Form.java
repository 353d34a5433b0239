package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.Place.Reading;
import io.onebalance.sync.Refusal;
import java.util.List;
import java.util.Optional;

/// A form that keys are written in.
public interface Form {
  /// Reads what a text holds. Keys without a provider of their own belong to `provider`.
  Reading read(String text, Optional<String> provider) throws Refusal;

  /// What of a key it has a place for; empty for a key out of use that would come into use.
  default Optional<Carried> held(Carried key) {
    return Optional.of(key);
  }

  /// What of a text would be lost by writing more keys into it: a line for each, without any key.
  default List<String> lost(String text, Optional<String> provider) throws Refusal {
    return List.of();
  }

  /// A text that [#read] understands: `before`, with `all` the keys that are in it then, of which
  /// `fresh` are not in it yet.
  String write(String before, List<Carried> all, List<Carried> fresh) throws Refusal;
}
