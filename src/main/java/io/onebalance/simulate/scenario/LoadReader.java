package io.onebalance.simulate.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads how much is asked for. A rate is a number in a time, or a part of what the keys may do at
/// the start; the latter becomes a number here, so that it stays when the keys are others.
final class LoadReader {
  private static final Pattern RATE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*/\\s*(s|m|h|d)");
  private static final Pattern PART =
      Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?)\\s*%\\s*of\\s+(minute|day)");
  private static final double MINUTES_OF_A_DAY = 1440;

  private final List<KeyGroup> keys;
  private final double input;
  private final double output;

  /// `input` and `output` are the tokens of an average request.
  LoadReader(List<KeyGroup> keys, double input, double output) {
    this.keys = keys;
    this.input = input;
    this.output = output;
  }

  List<Load> read(Fields fields, long duration) throws BadScenario {
    var loads = new ArrayList<Load>();
    for (var one : fields.maps("load")) {
      loads.add(load(one, duration));
      one.end();
    }
    return loads;
  }

  private Load load(Fields one, long duration) throws BadScenario {
    var rate =
        one.need(
            "rate",
            new Kind<>("300/m, 5/s, 10000/d, '60% of minute' or '200% of day'", this::perMinute));
    if (Double.isInfinite(rate)) {
      throw one.wrong(one.line(), "'rate' is a part of a limit that the keys do not have");
    }
    return new Load(
        one.get("model", Kind.TEXT, "gemini-2.5-flash"),
        rate,
        one.get("from", Kind.LENGTH_OF_TIME, 0L),
        one.get("to", Kind.LENGTH_OF_TIME, duration),
        one.list("by-hour", Kind.FACTOR),
        burst(one));
  }

  private static Load.Burst burst(Fields one) throws BadScenario {
    var burst = one.map("burst");
    if (burst.isEmpty()) {
      return Load.Burst.NONE;
    }
    var every = burst.get().need("every", Kind.LENGTH_OF_TIME);
    var lasts = burst.get().need("lasts", Kind.LENGTH_OF_TIME);
    var times = burst.get().need("times", Kind.FACTOR);
    burst.get().end();
    return new Load.Burst(Math.max(1, every), lasts, times);
  }

  private Optional<Double> perMinute(String text) {
    var rate = RATE.matcher(text);
    if (rate.matches()) {
      return Optional.of(Double.parseDouble(rate.group(1)) * 60_000 / Kind.unit(rate.group(2)));
    }
    var part = PART.matcher(text);
    return part.matches()
        ? Optional.of(Double.parseDouble(part.group(1)) / 100 * whole(part.group(2)))
        : Optional.empty();
  }

  /// What all keys that are not dead may do in a minute, or in a minute of an even day.
  private double whole(String span) {
    return keys.stream()
        .mapToDouble(group -> {
          var plan = group.plan();
          var one =
              span.equals("minute")
                  ? plan.perMinute(input, output)
                  : plan.perDay(input, output) / MINUTES_OF_A_DAY;
          return one * group.quotas() * (1 - group.ailments().dead()) * (1 - group.others());
        })
        .sum();
  }
}
