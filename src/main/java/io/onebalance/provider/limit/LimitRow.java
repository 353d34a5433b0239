package io.onebalance.provider.limit;

import io.onebalance.provider.answer.Verdict.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads one declared limit, and says what is allowed where it can't.
final class LimitRow {
  private static final Pattern FIELD = Pattern.compile("[a-z0-9-]*\\*?[a-z0-9-]*");
  private static final List<Window> NAMED = List.of(Window.MINUTE, Window.DAY, Window.MONTH);

  private LimitRow() {}

  static Limits.Row parse(String name, String fields) {
    var slash = name.indexOf('/');
    var kind = kind(slash < 0 ? name : name.substring(0, slash));
    var window = slash < 0 ? Window.UNKNOWN : window(name.substring(slash + 1));
    var used = fields.indexOf(" of ");
    if (used >= 0) {
      var limit = field(fields.substring(used + " of ".length()));
      return new Limits.Row(
          kind, window, limit, field(fields.substring(0, used)), Limits.Counts.USED, "");
    }
    var pattern = field(fields);
    if (pattern.indexOf('*') < 0) {
      throw new IllegalArgumentException(
          "has '" + fields + "'; allowed: a field's name with a * in it, or FIELD of FIELD");
    }
    return new Limits.Row(
        kind,
        window,
        pattern.replace("*", "limit"),
        pattern.replace("*", "remaining"),
        Limits.Counts.LEFT,
        pattern.replace("*", "reset"));
  }

  private static Allowance.Kind kind(String word) {
    return Arrays.stream(Allowance.Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "has '" + word + "'; allowed: " + words(Allowance.Kind::word)));
  }

  private static String words(Function<Allowance.Kind, String> word) {
    return String.join(", ", Stream.of(Allowance.Kind.values()).map(word).toList());
  }

  private static Window window(String word) {
    return NAMED.stream()
        .filter(window -> window.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("has '" + word + "'; allowed: minute, day, month"));
  }

  private static String field(String name) {
    if (name.isEmpty() || !FIELD.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "has '" + name + "', which is no field's name; allowed: a-z, 0-9, '-', one *");
    }
    return name;
  }
}
