package io.onebalance.cli.top;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The metrics of a server as they were told at one moment, in Prometheus' text format.
public record Look(Instant at, List<Sample> samples) {
  private static final Pattern LINE =
      Pattern.compile("onebalance_(\\w+)(?:\\{(.*)})? ([-+0-9.eE]+)(?: \\d+)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /// One number. Labels are as they were written: what they escape stays escaped.
  public record Sample(String name, Map<String, String> labels, double value) {
    String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  public Look {
    samples = List.copyOf(samples);
  }

  /// Reads what a server told; lines that are none of its metrics are passed over.
  public static Look read(Instant at, String text) {
    var samples = new ArrayList<Sample>();
    text.lines()
        .map(LINE::matcher)
        .filter(line -> line.matches())
        .forEach(line -> {
          var labels = new HashMap<String, String>();
          if (line.group(2) != null) {
            LABEL
                .matcher(line.group(2))
                .results()
                .forEach(one -> labels.put(one.group(1), one.group(2)));
          }
          samples.add(new Sample(line.group(1), labels, Double.parseDouble(line.group(3))));
        });
    return new Look(at, samples);
  }

  /// The sum of a metric over all samples that are meant.
  double sum(String name, Predicate<Sample> meant) {
    return samples.stream()
        .filter(sample -> sample.name.equals(name) && meant.test(sample))
        .mapToDouble(Sample::value)
        .sum();
  }

  double sum(String name) {
    return sum(name, _ -> true);
  }
}
