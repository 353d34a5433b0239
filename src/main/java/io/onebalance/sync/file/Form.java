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

  /// All keys as a text that [#read] understands. What the form has no place for is left out.
  String write(List<Carried> keys) throws Refusal;
}
