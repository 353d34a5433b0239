package io.onebalance.access.limit.rules;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// The limits of one gateway key. What is not named is left to the default; [#ANY] says that there
/// is none, whatever the default says.
public record KeyLimits(Map<Limit, Long> numbers) {
  /// Any number.
  public static final long ANY = Long.MAX_VALUE;

  /// Nothing is said of any limit.
  public static final KeyLimits NONE = new KeyLimits(Map.of());

  private static final List<Limit> A_MINUTE =
      List.of(Limit.REQUESTS_PER_MINUTE, Limit.TOKENS_PER_MINUTE);
  private static final String ANY_WORD = "none";

  public KeyLimits {
    var copy = new EnumMap<Limit, Long>(Limit.class);
    copy.putAll(numbers);
    copy.forEach(KeyLimits::check);
    numbers = Collections.unmodifiableMap(copy);
  }

  private static void check(Limit limit, long number) {
    if (number != ANY && (number < limit.least() || number > limit.most())) {
      throw new IllegalArgumentException(
          "%s: %d is not from %d to %d"
              .formatted(limit.field(), number, limit.least(), limit.most()));
    }
  }

  /// The number of one limit, [#ANY] where there is none.
  public long of(Limit limit) {
    return numbers.getOrDefault(limit, ANY);
  }

  /// The number of one limit, or another where nothing is said of it.
  public long or(Limit limit, long otherwise) {
    return numbers.getOrDefault(limit, otherwise);
  }

  /// Whether nothing is said of any limit, as of most keys.
  public boolean isFree() {
    return numbers.isEmpty();
  }

  /// Of these limits those a minute.
  public KeyLimits aMinute() {
    var some = new EnumMap<Limit, Long>(Limit.class);
    for (var limit : A_MINUTE) {
      if (of(limit) != ANY) {
        some.put(limit, of(limit));
      }
    }
    return some.isEmpty() ? NONE : new KeyLimits(some);
  }

  public boolean hasBudget() {
    return of(Limit.MONEY_PER_DAY) != ANY
        || of(Limit.TOKENS_PER_DAY) != ANY
        || of(Limit.MONEY_PER_MONTH) != ANY
        || of(Limit.TOKENS_PER_MONTH) != ANY;
  }

  /// These limits, and the default's where these say nothing.
  public KeyLimits over(KeyLimits byDefault) {
    if (numbers.isEmpty() || byDefault.numbers.isEmpty()) {
      return numbers.isEmpty() ? byDefault : this;
    }
    var all = new EnumMap<Limit, Long>(Limit.class);
    all.putAll(byDefault.numbers);
    all.putAll(numbers);
    return new KeyLimits(all);
  }

  /// One line that [#parse] reads: `requests_per_minute=60 tokens_per_day=none`.
  public String text() {
    var text = new StringJoiner(" ");
    numbers.forEach((limit, number) ->
        text.add(limit.field() + "=" + (number == ANY ? ANY_WORD : number.toString())));
    return text.toString();
  }

  /// Reads what [#text] wrote. A name that this program does not know is left out, so that an older
  /// program can read what a newer one wrote.
  public static KeyLimits parse(String text) {
    var numbers = new EnumMap<Limit, Long>(Limit.class);
    for (var pair : text.split(" ", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        var number = pair.substring(equals + 1);
        Limit.ofField(pair.substring(0, equals))
            .ifPresent(limit ->
                numbers.put(limit, number.equals(ANY_WORD) ? ANY : Long.parseLong(number)));
      }
    }
    return new KeyLimits(numbers);
  }
}
