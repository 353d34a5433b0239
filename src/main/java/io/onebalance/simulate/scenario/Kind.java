package io.onebalance.simulate.scenario;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A kind of value: what is allowed, in words, and how it is read.
record Kind<T>(String allowed, Function<String, Optional<T>> read) {
  private static final String NUMBER = "(\\d{1,15}(?:\\.\\d{1,9})?)";
  private static final Pattern PLAIN = Pattern.compile(NUMBER);
  private static final Pattern PART = Pattern.compile(NUMBER + "\\s*(%?)");
  private static final Pattern LENGTH = Pattern.compile(NUMBER + "\\s*(ms|s|m|h|d)");

  static final Kind<String> TEXT =
      new Kind<>("a text", text -> Optional.of(text).filter(t -> !t.isBlank()));

  static final Kind<Long> LENGTH_OF_TIME =
      new Kind<>("a length of time such as 500ms, 10s, 5m, 24h or 2d", Kind::millis);

  /// A part of something, 0 to 1.
  static final Kind<Double> SHARE =
      new Kind<>("a part such as 5% or 0.05, at most 100%", text -> part(text).filter(p -> p <= 1));

  static final Kind<Double> FACTOR =
      new Kind<>(
          "a factor such as 0.5, 2 or 150%, at most 10000",
          text -> part(text).filter(p -> p <= 10_000));

  static final Kind<Boolean> TRUTH =
      new Kind<>(
          "true or false",
          text ->
              switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty(); // any other text a person typed
              });

  static final Kind<Instant> MOMENT =
      new Kind<>("a moment such as 2026-01-05T00:00:00Z", text -> tried(() -> Instant.parse(text)));

  static final Kind<ZoneId> ZONE =
      new Kind<>(
          "a time zone such as America/Los_Angeles or UTC", text -> tried(() -> ZoneId.of(text)));

  static Kind<Long> whole(long least, long most) {
    return new Kind<>(
        "a whole number from " + least + " to " + most,
        text ->
            Optional.of(text)
                .filter(t -> t.matches("-?\\d{1,15}"))
                .map(Long::valueOf)
                .filter(n -> least <= n && n <= most));
  }

  static Kind<Double> number(double most) {
    return new Kind<>(
        "a number from 0 to " + Math.round(most),
        text ->
            Optional.of(text)
                .filter(t -> PLAIN.matcher(t).matches())
                .map(Double::valueOf)
                .filter(n -> n <= most));
  }

  /// One of the words of an enum, written small and with hyphens.
  static <E extends Enum<E>> Kind<E> word(Class<E> of) {
    var words = of.getEnumConstants();
    return new Kind<>(
        Arrays.stream(words).map(Kind::small).collect(Collectors.joining(", ")),
        text -> Arrays.stream(words).filter(word -> small(word).equals(text)).findFirst());
  }

  private static String small(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Long> millis(String text) {
    var found = LENGTH.matcher(text);
    return found.matches()
        ? Optional.of(Math.round(Double.parseDouble(found.group(1)) * unit(found.group(2))))
        : Optional.empty();
  }

  static long unit(String letter) {
    return switch (letter) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> throw new IllegalArgumentException(letter); // the patterns let no other through
    };
  }

  static Optional<Double> part(String text) {
    var found = PART.matcher(text);
    return found.matches()
        ? Optional.of(Double.parseDouble(found.group(1)) / (found.group(2).isEmpty() ? 1 : 100))
        : Optional.empty();
  }

  private interface Parsing<T> {
    T parse();
  }

  private static <T> Optional<T> tried(Parsing<T> parsing) {
    try {
      return Optional.of(parsing.parse());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
