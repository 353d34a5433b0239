package io.onebalance.program.ground;

import io.onebalance.settings.Held;
import io.onebalance.settings.file.Tree;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Values of settings as people read them on a page; of secrets only that there is one.
final class SettingText {
  private static final String NOTHING = "-";

  private SettingText() {}

  static String of(Held held) {
    return held.hidden() ? held.shown() : text(held.value());
  }

  private static String text(Object value) {
    return switch (value) {
      case Optional<?> perhaps -> perhaps.map(SettingText::text).orElse(NOTHING);
      case Duration time -> time.toString().substring(2).toLowerCase(Locale.ROOT);
      case Enum<?> word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-');
      case Tree tree -> text(tree.plain());
      case Map<?, ?> map when map.isEmpty() -> NOTHING;
      case Collection<?> all ->
          all.isEmpty()
              ? NOTHING
              : all.stream().map(SettingText::text).collect(Collectors.joining(", "));
      // Numbers, texts and what else a setting may be.
      default -> value.toString();
    };
  }
}
