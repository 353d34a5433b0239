package io.onebalance.settings.read;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a text is a cron schedule: minute, hour, day of month, month, day of week, each `*`,
/// numbers, ranges, lists and steps.
final class Cron {
  private static final Pattern PART =
      Pattern.compile("(?:\\*|(\\d{1,2})(?:-(\\d{1,2}))?)(?:/(\\d{1,2}))?");
  private static final List<int[]> RANGES =
      List.of(
          new int[] {0, 59},
          new int[] {0, 23},
          new int[] {1, 31},
          new int[] {1, 12},
          new int[] {0, 7});

  private Cron() {}

  static Kind<String> kind() {
    return Kind.of(
        "five cron fields, such as 0 0 * * *", text -> Optional.of(text).filter(Cron::isSchedule));
  }

  private static boolean isSchedule(String text) {
    var fields = text.split("\\s+", -1);
    if (fields.length != RANGES.size()) {
      return false;
    }
    for (var i = 0; i < fields.length; i++) {
      if (!isField(fields[i], RANGES.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isField(String field, int[] range) {
    for (var part : field.split(",", -1)) {
      var match = PART.matcher(part);
      if (!match.matches() || !lies(match.group(1), range) || !lies(match.group(2), range)) {
        return false;
      }
      if (match.group(3) != null && Integer.parseInt(match.group(3)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean lies(@Nullable String number, int[] range) {
    return number == null
        || (range[0] <= Integer.parseInt(number) && Integer.parseInt(number) <= range[1]);
  }
}
